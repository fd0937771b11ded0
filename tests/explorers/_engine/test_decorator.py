"""What `explorer` does to a factory: it draws in the course's style, and it is listed."""

import inspect
from pathlib import Path

import ipywidgets as widgets
import matplotlib as mpl
import numpy as np
import pytest
from traitlets import TraitError

import mlmath_helpers
from explorers._engine.small import make, small_canvas
from explorers.drawn import assert_true
from mlmath_helpers.explorers import Explorer, explorer
from mlmath_helpers.explorers._engine import explorer as engine
from mlmath_helpers.explorers._engine.controls import stops

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
        made = make()
        made.steepness = steepness
        return made

    assert listed == [hill]
    assert (hill.__name__, hill.__doc__, hill.__module__) == ("hill", "Climb a hill.", __name__)
    assert hill(steepness=3).steepness == hill(3).steepness == 3
    assert str(inspect.signature(hill)) == "(steepness=1, **starts)"
    assert engine.by_name(*listed) == {"hill": hill}


def test_starts_are_given_by_keyword_and_reset_leads_back_to_them():
    @explorer
    def factory():
        return make()

    made = factory(x=0.7)
    assert made.sentence == "Now x is 0.70."
    assert_true(made)
    made.controls["x"].value = 0.1
    made.reset()
    assert made.controls["x"].value == 0.7
    assert factory(x=0.7012).controls["x"].value == 0.7, "at the nearest of its stops"


@pytest.mark.parametrize(
    ("start", "error", "words"),
    [
        ({"x": 1.2}, ValueError, "'x' goes from 0 to 1, not to 1.2"),
        ({"x": float("nan")}, ValueError, "'x' goes from 0 to 1, not to nan"),
        ({"x": "half"}, TypeError, "'x' starts at a number, not 'half'"),
        ({"x": None}, TypeError, "'x' starts at a number, not None"),
        ({"z": 1}, TypeError, "factory has no control 'z': its controls are x"),
    ],
)
def test_a_start_that_cannot_be_is_refused_and_leaves_no_widget_behind(start, error, words):
    @explorer
    def factory():
        return make()

    before = set(widgets.widget._instances)
    with pytest.raises(error, match=words):
        factory(**start)
    assert set(widgets.widget._instances) == before


def test_a_start_among_options_is_one_of_them_or_its_label():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    @explorer
    def factory():
        power = stops([("∞", np.inf), ("1", 1.0)], start=1.0, label="power")
        return Explorer(figure, lambda p: (line,), lambda p: f"Power {p}.", p=power)

    made = factory(p="∞")
    assert made.controls["p"].value == np.inf
    assert made.picture.call == "explorers.factory(p='∞')"
    assert factory(p=np.inf).sentence == "Power inf."
    with pytest.raises(TraitError, match="it is one of ∞, 1"):
        factory(p=7)


def test_what_says_a_start_and_that_start_are_refused_together():
    @explorer(whole=("x",))
    def factory(whole=None):
        return make()

    factory([1, 2]), factory(x=0.4)
    for given in (lambda: factory([1, 2], x=0.4), lambda: factory(whole=[1, 2], x=0.4)):
        with pytest.raises(TypeError, match="factory: whole says what x is; give one of them"):
            given()


def test_the_call_that_makes_the_present_state_is_told():
    @explorer
    def factory(table=None):
        return make()

    made = factory([[1, 2]])
    assert made.picture.call == "explorers.factory(table)"
    made.controls["x"].value = 0.65
    assert made.picture.call == "explorers.factory(table, x=0.65)"
    assert factory(x=0.65).picture.call == "explorers.factory(x=0.65)"

    @explorer(table=("x",))
    def other(table=None):
        return make()

    made = other([[1, 2]])
    made.controls["x"].value = 0.65
    assert made.picture.call == "explorers.other(table)  # then x=0.65", "not both"
    assert make().picture.call == "", "of a figure that no factory made there is none"
