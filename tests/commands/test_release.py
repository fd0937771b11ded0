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


CHOICES = [
    "lengths,svd", "maps,quadratic-forms", "derivative,descent", "bayes,likelihood",
    "intervals,regression", "tests,regularisation", "entropy,trees", "entropy,divergence",
    "how,numpy", "try,notation",
]  # fmt: skip


@pytest.mark.parametrize("names", CHOICES)
def test_what_opens_a_set_speaks_of_its_own_sections_only(names, own_chapters):
    ((file, notebook),) = release.notebooks_of(names, None, solutions=False).items()
    text = notebook["cells"][0]["source"]
    numbers = [s.title.split(".")[0] for s in sections.chosen(names)]
    assert [n for n in re.findall(r"[Ss]ections? (\d+)(?! of)", text) if n not in numbers] == []
    for words in (
        "first five",
        "last three",
        "last two",
        "leave gaps",
        "under notation",
        "of them",
    ):
        assert words not in text
    assert "\n\nThese are chosen sections of a chapter of the course; " in text
    assert "\n\nYou need " in text
    if file.startswith("00"):
        assert re.findall(r"^- \[(\d)\. ", text, re.M) == numbers
        assert not re.search(r"^\d\. ", text, re.M)


def test_an_opening_keeps_what_its_sections_need():
    def opening(names, file):
        return release.notebooks_of(names, None, solutions=False)[file]["cells"][0]["source"]

    assert "[divergence](#cell-id=divergence-01) also uses the normal density" in opening(
        "divergence", "05_information_theory.ipynb"
    )
    assert "a probability is a number from zero to one" in opening("bayes", "03_probability.ipynb")
    assert "and eigenvectors of chapter 1, and the school's" in opening(
        "descent", "02_calculus.ipynb"
    )
    forms = opening("quadratic-forms", "01_linear_algebra.ipynb")
    assert "on [quadratic forms](#cell-id=quadratic-forms-01) and on functions (of the" in forms
    both = opening("lengths,numpy", "01_linear_algebra.ipynb")
    assert "[on the first page](00_start_here.ipynb#cell-id=numpy-01)" in both
    assert "collected under notation (of the full course)." in both


def test_the_next_section_is_not_another_one_that_happens_to_follow():
    made = release.notebooks_of("lengths,svd", None, solutions=False)
    text = "".join(sections.text_of(cell) for cell in made["01_linear_algebra.ipynb"]["cells"])
    assert "Both return in a later section as determinants" in text
    assert "the next section" not in text


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
    assert 'in place of its `...` and run the cell; `hint("mean")`, in a cell' in (
        notebook.cells[0].source
    )
    assert "import add_exercises, check, hint, progress, review, solution" in (
        notebook.cells[1].source
    )
    assert notebook.cells[2].source == (
        'def mean(x):\n    """Mean of the numbers in x."""\n    ...  # your code here\n\n'
        "check(mean)"
    )


LEANS = [
    ("G = 9.81", "t", "G * t"),
    ("G = 9.81", "t, g=G", "g * t"),
    ("def G(t):\n    return 2 * t", "t", "G(t)"),
    ("import math as G", "t", "G.sqrt(t)"),
    ("G = 9.81", "t", "G * t if t > 3 else t"),  # on the second case only
]


def leaning(above, parameters, body):
    case = "4.0, 2.0" if "g=" in parameters else "4.0"
    return (
        f"from mlmath_helpers.exercises import Exercise\n{above}\n\n"
        f"def fall({parameters}):\n    return {body}\n\n"
        f"EXERCISES = {{'fall': Exercise(fall, cases=(({case.replace('4', '1')},), ({case},)), "
        "hints=('How?',), mistakes={'-t': 'Down is positive.'})}\n"
    )


@pytest.mark.parametrize(("above", "parameters", "body"), LEANS)
@pytest.mark.parametrize("flags", [[], ["--solutions"]])
def test_a_function_that_uses_more_of_its_file_is_refused_and_nothing_is_written(
    tmp_path, capsys, own_chapters, flags, above, parameters, body
):
    file = tmp_path / "hw2.py"
    file.write_text(leaning(above, parameters, body), encoding="utf-8")
    assert release.main([str(tmp_path / "week"), "--exercises", str(file), *flags]) == 1
    assert "fall uses G of hw2.py; put it into the function" in capsys.readouterr().err
    assert not (tmp_path / "week").exists()


def test_a_function_that_has_all_it_uses_in_itself_is_released_and_passes(tmp_path, own_chapters):
    file = tmp_path / "hw2.py"
    file.write_text(leaning("import numpy as np", "t, g=9.81", "g * np.sqrt(t)"), encoding="utf-8")
    (notebook,) = released(tmp_path / "key", "--exercises", file, "--solutions").values()
    run(notebook, tmp_path / "key")
    assert "fall: passed" in printed(notebook)


def test_a_head_that_needs_more_than_its_notebook_imports_is_refused(
    tmp_path, capsys, own_chapters
):
    file = tmp_path / "hw2.py"
    above = "import types\nnp = types.SimpleNamespace(falls=9.81)"
    file.write_text(leaning(above, "t, g=np.falls", "g * t"), encoding="utf-8")
    assert release.main([str(tmp_path / "week"), "--exercises", str(file)]) == 1
    assert "fall of hw2.py cannot stand alone. AttributeError: " in capsys.readouterr().err


def test_a_function_that_answers_otherwise_without_its_file_is_refused(
    tmp_path, capsys, own_chapters
):
    file = tmp_path / "hw2.py"  # its np is another one than the notebook's
    above = "import types\nnp = types.SimpleNamespace(sqrt=lambda t: 3 * t)"
    file.write_text(leaning(above, "t", "np.sqrt(t)"), encoding="utf-8")
    assert release.main([str(tmp_path / "week"), "--exercises", str(file)]) == 1
    assert "fall of hw2.py does not pass by itself. " in capsys.readouterr().err


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
        (["--sections", "qqqqqq"], "none called qqqqqq; they are: how, numpy, "),
        (["--sections", "svdd"], "did you mean svd? they are: how, numpy, "),
        (["--sections", "Hypothesis test"], "none called Hypothesis test; did you mean tests?"),
        (["--sections", "singular value"], "did you mean svd?"),
        (["--sections", " , "], "must name one at least"),
        ([], "name sections by --sections"),
        (["--exercises", "nowhere.py"], "must be an existing Python file"),
    ],
)
def test_what_cannot_be_released_is_refused_and_nothing_is_written(tmp_path, capsys, flags, words):
    assert release.main([str(tmp_path / "week"), *flags]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "week").exists()


@pytest.mark.parametrize(
    ("names", "same"),
    [
        ("SVD, Pca ,change_of_basis", "svd,pca,change-of-basis"),
        ("01_linear_algebra", "linear_algebra"),
        ("01_linear_algebra.ipynb", "linear_algebra"),
        ("Linear Algebra,05_Information_theory", "linear_algebra,information_theory"),
    ],
)
def test_sections_may_be_named_as_they_come_to_mind(names, same):
    assert sections.chosen(names) == sections.chosen(same)


@pytest.mark.parametrize(
    "line",
    [
        "week --sections lengths, svd",
        "week --sections lengths ,svd",
        "--sections lengths, svd week",
    ],
)
def test_a_space_beside_a_comma_is_refused_by_its_name(line, capsys):
    with pytest.raises(SystemExit) as refusal:
        release.main(line.split())
    assert refusal.value.code == 2
    assert "no space after the comma: svd,pca" in capsys.readouterr().err


def test_other_words_too_many_are_named(capsys):
    with pytest.raises(SystemExit):
        release.main(["week", "--sections", "svd", "pca"])
    assert "unrecognized arguments: pca" in capsys.readouterr().err


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
