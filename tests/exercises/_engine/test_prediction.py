"""A question before a figure: each pick is told whether the figure will agree, and why."""

import pytest

from mlmath_helpers.exercises import Prediction, predict
from mlmath_helpers.exercises._engine import prediction as engine

DOUBLED = Prediction(
    "A square gets sides twice as long. What becomes of its area?",
    {"it doubles": "Each of two sides doubles.", "it is 4 times as large": "2 times 2 is 4."},
    answer="it is 4 times as large",
)
ROOT = Prediction(
    "What is the square root of two?",
    {"right": "1.414 and so on.", "too low": "Square it: less than 2.", "too high": "More than 2."},
    answer=2**0.5,
    within=0.05,
)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setattr(engine, "predictions", {"doubled": DOUBLED, "root_of_two": ROOT})
    yield
    for each in (DOUBLED, ROOT):
        if "widget" in vars(each):
            vars(each).pop("widget").close()


def asked(question, pick):
    """Return what the browser is told of a pick."""
    question.widget.pick = pick
    return question.widget.agrees, question.widget.said, question.widget.answered


def test_the_right_choice_agrees_and_says_why():
    pick = "it is 4 times as large"
    assert asked(predict("doubled"), pick) == (True, "The figure will agree. 2 times 2 is 4.", pick)


def test_a_wrong_choice_is_told_its_own_reason():
    said = "The figure will say otherwise. Each of two sides doubles."
    assert asked(predict("doubled"), "it doubles") == (False, said, "it doubles")


@pytest.mark.parametrize("pick", ["1.4", "1.37", "1.46", " 1.4142135 "])
def test_a_number_within_reach_is_right(pick):
    assert asked(predict("root_of_two"), pick)[:2] == (
        True,
        "The figure will agree. 1.414 and so on.",
    )


@pytest.mark.parametrize(
    ("pick", "sentence"),
    [("1.36", "less"), ("1.47", "More"), ("-1e300", "less"), ("inf", "More"), ("-inf", "less")],
)
def test_a_number_too_far_off_is_told_on_which_side(pick, sentence):
    agrees, said, _ = asked(predict("root_of_two"), pick)
    assert not agrees
    assert sentence in said


@pytest.mark.parametrize("pick", ["two", "nothing", "nan", "1,4", "√2", "1/2"])
def test_what_is_no_number_is_told_how_to_write_one(pick):
    agrees, said, answered = asked(predict("root_of_two"), pick)
    assert (agrees, answered) == (False, pick)
    assert said == "That is not a number; write it with a point, as in 0.4."


def test_a_cell_that_is_run_again_asks_again_with_the_same_widget():
    first, _ = predict("doubled")._repr_mimebundle_()
    predict("doubled").widget.pick = "it doubles"
    again, _ = predict("doubled")._repr_mimebundle_()
    assert first == again
    assert predict("doubled").widget.said == predict("doubled").widget.answered == ""


def test_the_question_and_its_choices_stay_behind_in_a_stored_notebook():
    data, _ = predict("doubled")._repr_mimebundle_()
    assert data["text/plain"] == (
        "A square gets sides twice as long. What becomes of its area?\n"
        "  - it doubles\n  - it is 4 times as large"
    )
    data, _ = predict("root_of_two")._repr_mimebundle_()
    assert data["text/plain"] == "What is the square root of two?\n  Your number:"


@pytest.mark.parametrize(
    ("name", "advice"),
    [("root_of_tow", '; did you mean "root_of_two"?'), ("xyz", "."), (7, ".")],
)
def test_a_question_that_is_not_there_is_told_in_words(name, advice, capsys):
    assert predict(name) is None
    assert capsys.readouterr().out == f'No question is called "{name}"{advice}\n'


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"choices": ["a", "b"]}, TypeError, "choices must be a dict"),
        ({"choices": {"a": "Yes."}, "answer": "a"}, ValueError, "two choices"),
        ({"choices": {"a": "Yes.", "b": " "}}, TypeError, "not empty: ' '"),
        ({"question": ""}, TypeError, "not empty"),
        ({"answer": "it trebles"}, ValueError, "one of the choices, not 'it trebles'"),
        ({"within": 1.0}, ValueError, '"right", "too low" and "too high"'),
    ],
)
def test_a_prediction_that_does_not_hold_together_is_refused(change, error, message):
    parts = {"question": DOUBLED.question, "choices": DOUBLED.choices, "answer": DOUBLED.answer}
    with pytest.raises(error, match=message):
        Prediction(**parts | change)


@pytest.mark.parametrize("numbers", [(float("nan"), 1), (1, 0), (1, -1), (1, float("inf"))])
def test_a_number_that_cannot_be_met_is_refused(numbers):
    answer, within = numbers
    with pytest.raises(ValueError, match="answer must be a finite number, and within a positive"):
        Prediction(ROOT.question, ROOT.choices, answer=answer, within=within)
