"""Every question that is asked before a figure: its answer is computed, each choice is told why."""

import importlib
import re

import pytest

import save_notebooks
from exercises.sections import HERE, TABLES
from mlmath_helpers import exercises
from mlmath_helpers.exercises._engine.prediction import predictions

COMPUTED = {
    name: function
    for tables in TABLES.values()
    for name, function in getattr(tables, "PREDICTED", {}).items()
}
NOTEBOOKS = {
    path.stem: save_notebooks.read(path) for path in save_notebooks.NOTEBOOKS.glob("*.ipynb")
}
FACES = {name: getattr(exercises, name[3:]).PREDICTIONS for name in NOTEBOOKS}
every_prediction = pytest.mark.parametrize("name", predictions)


def test_every_question_stands_in_one_face():
    assert sum(len(face) for face in FACES.values()) == len(predictions)


def test_every_question_has_its_answer_computed_in_the_tests_of_its_section():
    assert COMPUTED.keys() == predictions.keys()


@every_prediction
def test_the_answer_is_what_the_implementations_compute(name):
    prediction = predictions[name]
    computed = COMPUTED[name]()
    if prediction.of_a_number:
        assert abs(computed - prediction.answer) <= prediction.within / 10
    else:
        assert computed == prediction.answer


@every_prediction
def test_each_choice_is_told_its_own_reason(name):
    prediction = predictions[name]
    assert prediction.of_a_number or 2 <= len(prediction.choices) <= 4
    assert prediction.question.endswith(("?", ":", "."))
    assert len(set(prediction.choices.values())) == len(prediction.choices)
    for choice, sentence in prediction.choices.items():
        assert len(choice) <= 60
        assert 30 <= len(sentence) <= 320, choice
        assert sentence.endswith((".", ")", "?")), choice
        assert not re.search(r"\$|\\[a-z]", sentence), "no formulas in LaTeX: nothing sets them"
        if not prediction.of_a_number:
            right, said = prediction.verdict(choice)
            assert right == (choice == prediction.answer)
            assert sentence in said


def asked_in(notebook):
    """Yield for each question of a notebook its name, its cell, and the cell below."""
    for cell, below in zip(notebook.cells, notebook.cells[1:], strict=False):
        found = re.fullmatch(r'predict\("(\w+)"\)', cell.source)
        if found and cell.cell_type == "code":
            yield found[1], cell, below


@pytest.mark.parametrize("book", NOTEBOOKS)
def test_a_question_is_asked_directly_before_its_figure(book):
    asked = list(asked_in(NOTEBOOKS[book]))
    assert [name for name, _, _ in asked] == list(FACES[book]), "in the order of the course"
    for name, _, below in asked:
        assert below.source.lstrip().startswith("explorers."), name
        assert "predict(" not in below.source


@pytest.mark.parametrize("book", NOTEBOOKS)
def test_a_question_stands_in_the_file_of_its_section(book):
    chapter = book[3:]
    for anchor, cells in save_notebooks.sections(NOTEBOOKS[book]):
        sources = [cell.source for cell in cells]
        path = HERE / chapter / f"test_{(anchor or '').replace('-', '_')}.py"
        if chapter == "start_here":
            path = HERE / "test_start_here.py"
        for name in FACES[book]:
            if f'predict("{name}")' in sources:
                assert name in getattr(TABLES.get(path), "PREDICTED", {}), (
                    f"move {name} there: {path.name}"
                )


@every_prediction
def test_a_question_has_a_name_of_its_own(name):
    taken = {each for chapter in exercises.chapters.values() for each in chapter}
    for chapter in (book[3:] for book in NOTEBOOKS):
        taken |= importlib.import_module(f"mlmath_helpers.explorers.{chapter}").EXPLORERS.keys()
        if chapter != "start_here":
            taken |= set(importlib.import_module(f"mlmath_helpers.{chapter}").__all__)
    assert name not in taken
