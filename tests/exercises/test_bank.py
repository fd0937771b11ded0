"""Answers as learners write them: the right ones pass, the wrong ones fail and are told why."""

import functools

import pytest

from exercises import bank
from exercises.learner import EXERCISES
from mlmath_helpers.exercises._engine import verdict

SECONDS = 0.3  # for a wrong answer: a loop without an end is not waited for


@functools.cache
def verdict_on(answer):
    """Return whether an answer passes, and what it is told."""
    before = verdict.SECONDS
    verdict.SECONDS = before if answer.right else SECONDS
    try:
        return verdict.verdict(EXERCISES[answer.exercise], answer.function())
    finally:
        verdict.SECONDS = before


def named(answer):
    return f"{answer.exercise}: {answer.label}"


@pytest.mark.parametrize("answer", bank.RIGHT, ids=named)
def test_a_right_answer_passes(answer):
    passed, text = verdict_on(answer)
    assert passed, text


@pytest.mark.parametrize("answer", bank.WRONG, ids=named)
def test_a_wrong_answer_fails(answer):
    passed, text = verdict_on(answer)
    assert not passed
    assert "NameError" not in text  # a name that a learner has at hand and the bank has not


def test_few_wrong_answers_are_left_without_a_sentence():
    untold = [named(a) for a in bank.WRONG if not bank.sentence(verdict_on(a)[1])]
    assert len(untold) <= 0.12 * len(bank.WRONG), untold


def test_the_bank_is_read_whole():
    assert len(bank.ANSWERS) == 890
    assert {a.exercise for a in bank.ANSWERS} <= EXERCISES.keys()
    assert len({named(a) + str(a.right) for a in bank.ANSWERS}) > 850
    assert not any("|" in a.body.splitlines()[0].replace(" | ", "") for a in bank.ANSWERS)


def test_an_answer_is_read_with_its_label_and_its_body():
    text = "== f\nR one line | x | 1\nW two, and a bar |\n    y = x\n    return y\n== g\nW no | 2\n"
    assert list(bank.read(text)) == [
        bank.Answer("f", True, "one line", "return x | 1"),
        bank.Answer("f", False, "two, and a bar", "y = x\nreturn y\n"),
        bank.Answer("g", False, "no", "return 2"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cosine: not yet.\n  v = [1.]\n  returned 2", ""),
        ("cosine: not yet. That is the dot product.\n  v = [1.]", "That is the dot product."),
        ("cosine: stopped with ValueError: no\n  line 2 of cosine\n  v = [1.]", ""),
        ("cosine: stopped with ValueError: no\n  line 2 of cosine\nLook.\n  v = [1.]", "Look."),
        ("cosine: not yet.\n  returned 2\nYour function also prints; that is not shown here.", ""),
        ("cosine: nothing is returned.\n  v = [1.]", "nothing is returned."),
    ],
)
def test_a_sentence_is_what_a_verdict_says_beside_the_case(text, said):
    assert bank.sentence(text) == said
