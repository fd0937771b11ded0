"""What the tests of the engine share."""

import pytest

from explorers._engine.small import explorer_of, small_canvas


@pytest.fixture
def moving_line():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        return (line,)

    explorer = explorer_of(figure, update)
    yield explorer
    explorer.close()
