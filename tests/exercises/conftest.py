import pytest

from mlmath_helpers.exercises._engine import session, verdict
from mlmath_helpers.exercises._engine.record import Record


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch):
    """Each test begins with nothing passed, no hints given, and the course's own chapters."""
    monkeypatch.setattr(session, "chapters", dict(session.chapters))
    monkeypatch.setattr(session, "_added", {})
    monkeypatch.setattr(session, "record", Record())
    monkeypatch.setattr(session, "_hints_given", {})


@pytest.fixture
def without_sentences(monkeypatch):
    """A verdict is pass or fail: what there would be to say is not looked for."""
    monkeypatch.setattr(verdict, "_known_mistake", lambda *_: "")
    monkeypatch.setattr(verdict, "_observed", lambda *_: "")
