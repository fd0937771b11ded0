"""A step of each explorer, beside the same change by making the figure anew and saving it.

The other way is what a callback under ``interact`` does: compute, make the figure with all its
artists (here from a pickle, which is quicker than the calls that made it), draw it whole, and
encode it as PNG at the same sharpness. That `interact` also trims the picture, which draws it
twice, is not counted. Both are timed by the processor's clock: a machine that does other
things too makes a step wait, not work.
"""

import itertools
import json
import pickle
import time
from io import BytesIO
from statistics import median

import numpy as np
import pytest

from explorers.drawn import CHAPTERS, every_value

FRAME, REDRAW = 16.7e-3, 60e-3  # seconds: one frame of a screen of 60 Hz, and a full redraw
FULL_REDRAWS = {
    ("calculus.finite_difference_error", "scheme"): "another scheme has other laws and errors",
    ("calculus.optimizer_race", "surface"): "another surface lies below all seven maps",
    ("information_theory.split", "feature"): "another measurement needs another axis",
    ("probability.distributions", "family"): "another family needs another axis",
    ("statistics.residual_plots", "look"): "another look needs another axis",
}
FACTORIES = {
    f"{chapter}.{name}": factory
    for chapter, figures in CHAPTERS.items()
    for name, factory in figures.items()
}


def states(explorer):
    """Yield states for ever, each control in turn stepping through its range."""
    values = {name: every_value(control) for name, control in explorer.controls.items()}
    now = {name: control.value for name, control in explorer.controls.items()}
    for turn in itertools.count(1):
        for name, choices in values.items():
            stride = max(1, len(choices) // 17)
            now[name] = choices[turn * stride % len(choices)]
            yield name, dict(now)


@pytest.fixture
def explorer(request):
    explorer = FACTORIES[request.param]()
    yield explorer
    explorer.close()


each_explorer = pytest.mark.parametrize("explorer", FACTORIES, indirect=True, ids=FACTORIES)


@each_explorer
@pytest.mark.benchmark(timer=time.process_time)
def test_a_step_of_the_explorer(explorer, request, benchmark):
    name = request.node.callspec.id
    benchmark.extra_info.update(row=("a step of", name), beside="")
    coming, moved = states(explorer), []
    for _ in range(10):
        step(explorer, *next(coming))

    def setup():
        control, state = next(coming)
        moved.append(control)
        return (explorer, control, state), {}

    benchmark.pedantic(step, setup=setup, rounds=15 * len(explorer.controls))
    seconds = dict(enumerate(benchmark.stats.stats.data))
    for control in explorer.controls:
        limit = REDRAW if (name, control) in FULL_REDRAWS else FRAME
        assert median(seconds[i] for i in seconds if moved[i] == control) < limit, control


def step(explorer, name, state):
    explorer.controls[name].value = state[name]


@each_explorer
@pytest.mark.benchmark(timer=time.process_time)
def test_a_pull_of_its_handles(explorer, request, benchmark):
    name = request.node.callspec.id
    benchmark.extra_info.update(row=("a pull in", name), beside="")
    rng, pulled = np.random.default_rng(0), []

    def setup():
        handle = explorer.handles[len(pulled) % len(explorer.handles)]
        pulled.append(handle)
        place = rng.uniform(handle.axes.bbox.min, handle.axes.bbox.max)  # get_position would
        x, y = place / explorer.figure.bbox.size  # make the figure stale, and a full draw due
        pull = {"handle": explorer.handles.index(handle), "to": [x, 1 - y]}
        pull["id"] = float(len(pulled))
        return (json.dumps(pull),), {}

    def send(pull):
        explorer.picture.pull = pull

    for _ in range(10):
        send(setup()[0][0])
    pulled.clear()
    benchmark.pedantic(send, setup=setup, rounds=30 * len(explorer.handles))
    seconds = dict(enumerate(benchmark.stats.stats.data))
    for handle in explorer.handles:
        assert median(seconds[i] for i in seconds if pulled[i] is handle) < FRAME, handle.label


@each_explorer
@pytest.mark.benchmark(timer=time.process_time)
def test_the_same_step_by_making_the_figure_anew(explorer, request, benchmark):
    row = ("a step of", request.node.callspec.id)
    benchmark.extra_info.update(row=row, beside="figure made anew")
    coming, frozen, dpi = states(explorer), pickle.dumps(explorer.figure), explorer.figure.dpi

    def rebuild(state):
        explorer._update(**state)  # what has to be computed for either way
        explorer._describe(**state)
        figure = pickle.loads(frozen)
        for artist in figure.findobj(lambda artist: artist.get_animated()):
            artist.set_animated(False)
        figure.savefig(BytesIO(), format="png", dpi=dpi)

    benchmark.pedantic(rebuild, setup=lambda: ((next(coming)[1],), {}), rounds=7)
