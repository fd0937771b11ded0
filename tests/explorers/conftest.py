"""What tests of figures share."""

import itertools

import pytest

from explorers import letters
from explorers.drawn import (
    assert_true,
    canvas_pixels,
    every_value,
    first_and_last,
    places_along,
    set_to,
    undrawn,
    unencoded,
    which_are_alike,
)

pytest.register_assert_rewrite("explorers.pictures")


@pytest.fixture(scope="module", autouse=True)
def texts_are_set_once():
    with pytest.MonkeyPatch.context() as patch:
        letters.remember(patch)
        yield


@pytest.fixture(scope="module")
def only():
    """Return the figure of a factory, made once for all tests of a file."""
    figures = {}

    def get(factory):
        if factory not in figures:
            figures[factory] = factory()
        return figures[factory]

    yield get
    for explorer in figures.values():
        explorer.close()


@pytest.fixture
def made(only):
    """Return ``made(factory, **values)``: a figure that begins at its start.

    Its artists and its sentence move, but it draws no pictures, which take most of the time.
    """

    def get(factory, **values):
        explorer = undrawn(only(factory))
        explorer._set(explorer._starts | values)
        return explorer

    return get


@pytest.fixture
def own():
    """Return ``own(factory, *things)``: a figure of a learner's things, closed in the end.

    Like one that is `made`, it draws no pictures.
    """
    figures = []

    def get(factory, *things, **named):
        figures.append(undrawn(factory(*things, **named)))
        return figures[-1]

    yield get
    for figure in figures:
        figure.close()


@pytest.fixture(scope="class")
def explorer(only, request):
    """Return the figure of a factory: for `explorers.pictures`."""
    return only(request.param)


@pytest.fixture(scope="class")
def true_at(explorer):
    """Set the controls in one step, compare the picture, and return the truth and the sentence.

    Each state once: a full draw is what takes longest.
    """
    seen = {}

    def see(state):
        key = tuple(state.values())
        if key not in seen:
            set_to(explorer, **state)
            assert_true(explorer)
            seen[key] = canvas_pixels(explorer), explorer.sentence  # those of the full draw
        return seen[key]

    return see


@pytest.fixture(scope="class")
def looks_along(explorer):
    """Return the sentence and which of the pictures it is, for places all along a control.

    The others are at their start. Each place once, for the two tests that ask for it.
    """
    seen = {}

    def look(name):
        if name not in seen:
            control = explorer.controls[name]
            values = every_value(control)
            places = sorted({*places_along(values, 9), *itertools.chain(*first_and_last(values))})
            pictures, sentences = [], []
            with unencoded():
                explorer.reset()
                for place in places:
                    control.value = values[place]
                    pictures.append(canvas_pixels(explorer))
                    sentences.append(explorer.sentence)
            pictures = which_are_alike(pictures, explorer._encoder.encode)
            looks = zip(pictures, sentences, strict=True)
            seen[name] = dict(zip(places, looks, strict=True))
        return seen[name]

    return look
