"""Texts with formulas as a line to be read, and as words to be found; without a browser."""

import pytest

from words import line, spellings, words

X, A = "<mi>x</mi>", "<mi>A</mi>"


def formula(inside):
    return f"<p>so <math>{inside}</math>.</p>"


@pytest.mark.parametrize(
    ("inside", "read", "found"),
    [
        (f"<mover>{X}<mo>¯</mo></mover>", "x̄", {"x", "bar", "xbar"}),
        (f"<msup>{A}<mi>⊤</mi></msup>", "Aᵀ", {"a", "transpose", "atranspose"}),
        (f"<msup>{A}<mrow><mo>−</mo><mn>1</mn></mrow></msup>", "A⁻¹", {"inverse", "ainverse"}),
        ("<msub><mi>σ</mi><mn>1</mn></msub>", "σ₁", {"sigma"}),
        (f"<mfrac><mn>1</mn><mrow>{X}<mo>+</mo><mn>1</mn></mrow></mfrac>", "1/(x + 1)", {"x"}),
        (f"<msqrt>{X}</msqrt>", "√(x)", {"x"}),
        (f"<mi>log</mi>{X}", "logx", {"log"}),
        ("<mi>λ</mi>", "λ", {"lambda"}),
        (f"<mo>∇</mo>{X}", "∇x", {"gradient", "nabla"}),
        (f"<mo>‖</mo>{X}<mo>‖</mo>", "‖x‖", {"norm"}),
        (f"{X}<mo>&lt;</mo><mn>1</mn>", "x < 1", {"x"}),
    ],
)
def test_a_formula_is_read_by_its_signs_and_found_by_their_names(inside, read, found):
    assert line(formula(inside)) == f"so {read}."
    assert found <= set(words(formula(inside)))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("p-value", ["p", "value", "pvalue"]),
        ("L'Hôpital's", ["l", "hopital"]),
        ("Poincaré", ["poincare"]),
        ("regularisation", ["regularization"]),
        ("neighbours", ["neighbors"]),
        ("four", ["four"]),
        ("this", ["this"]),
        ("np.linalg.svd", ["np", "linalg", "svd"]),
        ("—", []),
    ],
)
def test_words_are_spelled_as_one_may_ask_for_them(written, found):
    assert spellings(written) == found


def test_words_on_either_side_of_a_tag_stand_apart_unless_it_is_in_their_line():
    assert line("<li>one</li><li>t<b>w</b>o</li>") == "one two"
    assert words("<td>a&amp;b</td><td>c</td>") == ["a", "b", "c"]
