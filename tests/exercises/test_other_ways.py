"""Other right answers pass, and wrong ones of first readers get the sentence that they need."""

import types

import pytest

from exercises.learner import EXERCISES, said, with_body
from exercises.sections import (
    NOT_SAID,
    OTHER_WAYS,
    SECTIONS,
    TABLES,
    WRONG_WAYS,
    faults,
    home,
    shown,
)


@pytest.mark.parametrize(("name", "body"), OTHER_WAYS)
def test_another_right_way_passes(name, body, capsys):
    assert "passed" in said(capsys, with_body(name, body))


@pytest.mark.parametrize(("name", "body", "words"), WRONG_WAYS)
def test_a_wrong_answer_of_a_first_reader_gets_the_sentence_it_needs(name, body, words, capsys):
    text = said(capsys, with_body(name, body))
    assert "passed" not in text
    assert words.strip()
    assert words in text


@pytest.mark.parametrize(("name", "body", "words"), NOT_SAID)
def test_a_wrong_answer_is_not_told_what_is_false_of_it(name, body, words, capsys):
    text = said(capsys, with_body(name, body))
    assert "passed" not in text
    assert "NameError" not in text
    assert words not in text


def test_what_must_not_be_said_is_said_to_others():
    sentences = {n: " ".join(m.sentence for m in e.wrong_answers) for n, e in EXERCISES.items()}
    for name, _, words in NOT_SAID:
        assert words in sentences[name]


# --- the tables of the sections --------------------------------------------------------------


@pytest.mark.parametrize("path", SECTIONS, ids=shown)
def test_the_tables_of_a_section_speak_of_all_its_exercises_and_of_no_others(path):
    assert faults(path, TABLES[path], SECTIONS[path]) == []


def test_other_ways_are_tried_for_every_exercise():
    assert {name for name, _ in OTHER_WAYS} == EXERCISES.keys()


COSINE = home(EXERCISES["cosine"])
GOOD = {"OTHER_WAYS": {"cosine": ["return 1"]}}


def test_a_section_that_says_all_there_is_to_say_has_no_fault():
    good = types.SimpleNamespace(
        **GOOD, WRONG_WAYS=[("cosine", "return 2", "not yet")], EQUIVALENT={"cosine": {"x": "y"}}
    )
    assert faults(COSINE, good, ["cosine"]) == []
    assert faults(COSINE, types.SimpleNamespace(**GOOD), ["cosine"]) == []


@pytest.mark.parametrize(
    "tables",
    [
        None,  # there is no file
        types.SimpleNamespace(),
        types.SimpleNamespace(OTHER_WAYS={}),
        types.SimpleNamespace(OTHER_WAYS={"cosine": []}),
    ],
)
def test_an_exercise_without_other_ways_is_told_what_to_write_and_where(tables):
    (sentence,) = faults(COSINE, tables, ["cosine"])
    assert 'OTHER_WAYS = {"cosine": ["return ...", ...]}' in sentence
    assert "tests/exercises/linear_algebra/test_lengths.py" in sentence


@pytest.mark.parametrize(
    ("table", "entries"),
    [
        ("OTHER_WAYS", {"cosine": ["return 1"], "r_squared": ["return 1"]}),
        ("WRONG_WAYS", [("r_squared", "return 2", "not yet"), ("r_squared", "return 3", "not")]),
        ("NOT_SAID", [("r_squared", "return 2", "half")]),
        ("EQUIVALENT", {"r_squared": {"return 1": "why"}}),
    ],
)
def test_an_entry_for_an_exercise_of_another_section_is_told_its_place(table, entries):
    tables = types.SimpleNamespace(**{**GOOD, table: entries})
    (sentence,) = faults(COSINE, tables, ["cosine"])
    assert table in sentence
    assert "move it to tests/exercises/statistics/test_regression.py" in sentence


def test_an_entry_for_no_exercise_at_all_is_told_so():
    tables = types.SimpleNamespace(**GOOD, WRONG_WAYS=[("cosinus", "return 2", "not yet")])
    (sentence,) = faults(COSINE, tables, ["cosine"])
    assert "cosinus: no exercise has this name" in sentence
