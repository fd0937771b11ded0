"""What the tests of several commands share."""

import pytest

from mlmath_helpers.exercises._engine import session


@pytest.fixture
def own_chapters():
    """Forget afterwards what a test has added to the exercises."""
    before, added = dict(session.chapters), dict(session._added)
    yield
    for now, then in ((session.chapters, before), (session._added, added)):
        now.clear()
        now.update(then)
