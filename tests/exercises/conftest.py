import pytest

from mlmath_helpers.exercises._engine import session


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch):
    """Each test begins with nothing passed, no hints given, and the course's own chapters."""
    monkeypatch.setattr(session, "chapters", dict(session.chapters))
    monkeypatch.setattr(session, "_added", {})
    monkeypatch.setattr(session, "_passed", set())
    monkeypatch.setattr(session, "_hints_given", {})
