"""A teacher releases sections: the notebooks run, and what comes back can be graded."""

import csv
import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

import save_notebooks
from mlmath_helpers._commands import grade, release, sections
from mlmath_helpers.exercises import Exercise
from mlmath_helpers.exercises._engine import session

HOMEWORK = '''"""Homework of week 3."""

from mlmath_helpers.exercises import Exercise


def mean(x):
    """Mean of the numbers in x."""
    return sum(x) / len(x)


def spread(
    x, scale=1
): return scale * (max(x) - min(x))


EXERCISES = {
    "mean": Exercise(
        mean,
        cases=(([1.0, 2.0, 6.0],), ([4.0],)),
        hints=("How many numbers are there?", "Divide their sum by len(x)."),
        mistakes={"sum(x)": "That is the sum; divide it by how many there are."},
    ),
    "spread": Exercise(
        spread,
        cases=(([1.0, 2.0, 6.0], 2),),
        hints=("How far apart?", "max minus min."),
        mistakes={"max(x)": "That is the largest alone."},
    ),
}
'''


@pytest.fixture
def own_chapters():
    """Forget afterwards what a test has added to the exercises."""
    before, added = dict(session.chapters), dict(session._added)
    yield
    for now, then in ((session.chapters, before), (session._added, added)):
        now.clear()
        now.update(then)


@pytest.fixture
def homework(tmp_path, own_chapters):
    path = tmp_path / "homework.py"
    path.write_text(HOMEWORK, encoding="utf-8")
    return path


def released(folder, *flags):
    assert release.main([str(folder), *map(str, flags)]) == 0
    return {path.name: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}


def run(notebook, folder):
    """Run all cells as a learner would, with warnings as errors; an error is raised."""
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()


def printed(notebook):
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return "".join(output.get("text", "") for output in outputs)


def test_two_sections_come_with_the_cells_that_open_their_chapter_and_run(tmp_path):
    made = released(tmp_path / "week", "--sections", "pca,quadratic-forms")
    (notebook,) = made.values()
    nbformat.validate(notebook)
    anchors = [anchor for anchor, _ in save_notebooks.sections(notebook)]
    assert anchors == [None, "quadratic-forms", "pca"]  # in the order of the course
    assert [cell.id for cell in notebook.cells[:3]] == ["opening-01", "opening-02", "opening-03"]
    first = notebook.cells[0].source
    assert re.findall(r"\| \[section (\d+)\]", first) == ["8", "10"]
    run(notebook, tmp_path / "week")
    assert "centre_and_project: not written yet." in printed(notebook)


def test_with_solutions_every_exercise_of_the_sections_passes(tmp_path):
    (notebook,) = released(tmp_path / "key", "--sections", "svd", "--solutions").values()
    run(notebook, tmp_path / "key")
    assert "rank_k_approximation: passed" in printed(notebook)
    assert "storage_saved: passed" in printed(notebook)
    assert "not written yet" not in printed(notebook)


def test_every_section_of_the_course_can_be_released_and_its_solutions_too(tmp_path):
    chapters = ",".join({s.notebook.stem[3:] for s in sections.all_sections()})
    for flags in ([], ["--solutions"]):
        made = released(tmp_path / f"all{len(flags)}", "--sections", chapters, *flags)
        assert len(made) == 6
        for notebook in made.values():
            nbformat.validate(notebook)
        text = "".join(cell.source for n in made.values() for cell in n.cells)
        asked = set(re.findall(r"^check\((\w+)\)", text, re.M))
        assert asked == {name for names in session.chapters.values() for name in names}
        assert ("# your code here" in text) == (not flags)


@pytest.mark.parametrize("section", [s.anchor for s in sections.all_sections()])
def test_no_link_leads_to_a_cell_that_is_not_released(section, own_chapters):
    made = release.notebooks_of(section, None, solutions=False)
    cells = {(name, cell["id"]) for name, n in made.items() for cell in n["cells"]}
    for name, notebook in made.items():
        text = "\n".join(
            "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
        )
        links = re.findall(r"\]\(([\w.-]*)#cell-id=([\w-]+)\)", text)
        assert {(file or name, cell) for file, cell in links} <= cells
        assert "](#" not in re.sub(r"\]\(#cell-id=[\w-]+\)", "", text)
        assert ".ipynb#" not in re.sub(r"\]\([\w.-]*#cell-id=[\w-]+\)", "", text)


def test_a_link_keeps_its_words_with_brackets_and_formulas_in_them():
    cell = {
        "cell_type": "markdown",
        "source": "See [the $x[0]$ *of* it](02_calculus.ipynb#cell-id=a-01)!",
    }
    release._make_links_text({"01_a.ipynb": {"cells": [cell]}})
    assert cell["source"] == "See the $x[0]$ *of* it!"


def test_a_teachers_own_exercises_are_asked_for_in_a_notebook_beside_their_file(tmp_path, homework):
    made = released(tmp_path / "week", "--exercises", homework)
    assert sorted(p.name for p in (tmp_path / "week").iterdir()) == [
        "homework.ipynb",
        "homework.py",
    ]
    (notebook,) = made.values()
    run(notebook, tmp_path / "week")
    assert printed(notebook) == "mean: not written yet.\nspread: not written yet.\n"
    assert notebook.cells[2].source == (
        'def mean(x):\n    """Mean of the numbers in x."""\n    ...  # your code here\n\n'
        "check(mean)"
    )


def test_what_is_released_can_be_graded_after(tmp_path, homework):
    flags = ["--sections", "svd,bayes", "--exercises", str(homework)]
    for who, more in (("amy", ["--solutions"]), ("ben", [])):
        released(tmp_path / "class" / who, *flags, *more)
    table = tmp_path / "grades.csv"
    assert grade.main([str(tmp_path / "class"), "--csv", str(table), *flags]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["passed"] for row in rows if row["who"].startswith("amy/")} == {"yes"}
    assert {row["reason"] for row in rows if row["who"].startswith("ben/")} == {"not written yet."}
    asked = {row["exercise"] for row in rows}
    assert {"storage_saved", "rank_k_approximation", "mean", "spread"} < asked
    assert len(rows) == 2 * len(asked)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--sections", "svdd"], "there is none called svdd; did you mean svd?"),
        (["--sections", "qqqqqq"], "they are: "),
        (["--sections", " , "], "must name one at least"),
        ([], "name sections by --sections"),
        (["--exercises", "nowhere.py"], "must be an existing Python file"),
    ],
)
def test_what_cannot_be_released_is_refused_and_nothing_is_written(tmp_path, capsys, flags, words):
    assert release.main([str(tmp_path / "week"), *flags]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "week").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert release.main([str(tmp_path), "--sections", "svd"]) == 1
    assert "is there and not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "week").mkdir()
    assert list(released(tmp_path / "week", "--sections", "entropy")) == [
        "05_information_theory.ipynb"
    ]


def test_a_stub_has_head_and_docstring_of_the_answer():
    def weighted(
        x,
        weights=None,
    ):
        """Weighted mean.

        More of it.
        """
        return sum(x)

    exercise = Exercise(weighted, cases=(([1], [1]),), hints=("?",), mistakes={"x": "No."})
    assert release.stub(exercise) == (
        "def weighted(\n    x,\n    weights=None,\n):\n"
        '    """Weighted mean.\n\n    More of it.\n    """\n    ...  # your code here'
    )


def test_the_files_are_written_as_notebooks_of_the_course_are(tmp_path):
    released(tmp_path / "week", "--sections", "svd")
    text = (tmp_path / "week" / "01_linear_algebra.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert text == nbformat.writes(nbformat.from_dict(notebook)) + "\n"
