"""What goes wrong in a figure is told, and the last good picture stays."""

import pytest

from explorers._engine.small import assert_true_all_over, explorer_of, small_canvas
from explorers.drawn import assert_true


@pytest.fixture
def fragile():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        if x > 0.8:
            raise ValueError("x is <too> large")
        return (line,)

    explorer = explorer_of(figure, update)
    yield explorer
    explorer.close()


def test_an_error_in_update_reaches_whoever_set_the_value(fragile):
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9


def test_an_error_is_told_in_the_caption_and_the_last_good_picture_stays(fragile):
    picture, sentence = fragile.picture.source, fragile.sentence
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9
    assert fragile.picture.source == picture
    assert fragile.picture.sentence == sentence
    assert "x is <too> large" in fragile.picture.trouble
    assert "last one that could be drawn" in fragile.picture.trouble
    assert fragile._repr_mimebundle_()[0]["text/plain"] == sentence


def test_after_an_error_it_works_again(fragile):
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9
    fragile.controls["x"].value = 0.5
    assert fragile.picture.sentence == fragile.sentence == "Now x is 0.50."
    assert not fragile.picture.trouble
    assert_true(fragile)


@pytest.mark.parametrize("where", ["describe", "draw"])
def test_an_error_elsewhere_leaves_picture_and_words_in_step(where):
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    text = axes.set_title("fine")

    def update(x):
        line.set_ydata([0, x])
        text.set_text("$\\frac{$" if where == "draw" and x > 0.8 else "fine")
        return (line,)

    def describe(x):
        if where == "describe" and x > 0.8:
            raise ValueError("no words")
        return f"Now x is {x:.2f}."

    explorer = explorer_of(figure, update, describe)
    with pytest.raises(ValueError, match=r"no words|frac"):
        explorer.controls["x"].value = 0.9
    assert explorer.sentence == explorer.picture.sentence == "Now x is 0.20."
    assert_true_all_over(explorer, 0.4, 0.6)


def test_an_error_at_the_start_is_raised_by_the_factory():
    figure, _ = small_canvas()
    with pytest.raises(ZeroDivisionError):
        explorer_of(figure, lambda x: 1 / 0)
