"""What `explorer` does to a factory: it draws in the course's style, and it is listed."""

from pathlib import Path

import matplotlib as mpl
import pytest

import mlmath_helpers
from explorers._engine.small import make
from mlmath_helpers.explorers import explorer
from mlmath_helpers.explorers._engine import explorer as engine

STYLE = mpl.rc_params_from_file(
    Path(mlmath_helpers.__file__).with_name("mlmath.mplstyle"), use_default_template=False
)


@pytest.fixture(autouse=True)
def listed(monkeypatch):
    monkeypatch.setattr(engine, "factories", listed := [])
    return listed


def test_a_marked_factory_draws_in_the_style_of_the_course_and_then_the_style_ends():
    before = dict(mpl.rcParams)

    @explorer
    def factory():
        assert {name: mpl.rcParams[name] for name in STYLE} == STYLE
        return make()

    factory().controls["x"].value = 0.9
    assert dict(mpl.rcParams) == before
    assert any(before[name] != STYLE[name] for name in STYLE)


def test_a_setting_of_the_learners_own_does_not_reach_the_figures_of_the_course():
    @explorer
    def factory():
        return make()

    with mpl.rc_context({"lines.linestyle": "--", "axes.grid.which": "minor"}):
        (line,) = factory().figure.axes[0].lines
    assert line.get_linestyle() == "-"


def test_a_figure_made_outside_keeps_the_style_of_whoever_makes_it():
    with mpl.rc_context({"lines.linestyle": "--"}):
        figure = make()
    (line,) = figure.figure.axes[0].lines
    assert line.get_linestyle() == "--"
    assert (
        line.get_linewidth() == mpl.rcParamsDefault["lines.linewidth"] != STYLE["lines.linewidth"]
    )
    figure.controls["x"].value = 0.9
    assert line.get_linestyle() == "--"


def test_a_marked_factory_is_listed_and_stays_itself(listed):
    @explorer
    def hill(steepness=1):
        """Climb a hill."""
        return steepness

    assert listed == [hill]
    assert (hill.__name__, hill.__doc__, hill.__module__) == ("hill", "Climb a hill.", __name__)
    assert hill(steepness=3) == 3
    assert engine.by_name(*listed) == {"hill": hill}
