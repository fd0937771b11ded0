"""What tests of figures share."""

import pytest

from explorers.drawn import undrawn

pytest.register_assert_rewrite("explorers.pictures")


@pytest.fixture(scope="module")
def made():
    """Return ``made(factory, **values)``: each figure is made once, and begins at its start.

    Its artists and its sentence move, but it draws no pictures, which take most of the time.
    """
    figures = {}

    def get(factory, **values):
        explorer = figures.get(factory) or undrawn(factory())
        figures[factory] = explorer
        explorer._set(explorer._starts | values)
        return explorer

    yield get
    for explorer in figures.values():
        explorer.close()


@pytest.fixture(scope="class")
def explorer(request):
    """Return the figure of a factory: for `explorers.pictures`."""
    explorer = request.param()
    yield explorer
    explorer.close()
