"""What has been passed, what is next, what to write once more; and all of it in a real kernel."""

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from exercises.learner import CHAPTERS, EXERCISES
from mlmath_helpers._commands import kernel_environment
from mlmath_helpers.exercises import (
    Exercise,
    check,
    hint,
    linear_algebra,
    progress,
    review,
    solution,
)
from mlmath_helpers.exercises._engine import session
from mlmath_helpers.exercises._engine.record import NAME, Pass
from mlmath_helpers.exercises.linear_algebra import lengths


def said(capsys, function, *arguments):
    function(*arguments)
    return capsys.readouterr().out


def passed(*exercises):
    """Let exercises have been passed, one a day, in this order."""
    for day, exercise in enumerate(exercises):
        title = next(t for t, names in session.chapters.items() if exercise.name in names)
        moment = datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(days=day)
        session.record._session[title, exercise.name] = Pass(moment, moment, "")


ALL = list(linear_algebra.EXERCISES.values())


# --- progress --------------------------------------------------------------------------------


def test_progress_lists_what_is_passed_and_open_by_section(capsys):
    check(lengths.projection)
    check(lengths.cosine)
    capsys.readouterr()
    n = len(linear_algebra.EXERCISES)
    lines = said(capsys, progress, "linear algebra").splitlines()
    assert lines[:3] == [
        f"linear algebra: 2 of {n} passed",
        "  Vectors: open combine, is_independent",
        "  Lengths, angles, projections: passed cosine, projection; open distance_to_line",
    ]
    assert lines[-1] == (
        "Try next: distance_to_line (linear algebra, Lengths, angles, projections)."
    )


def test_progress_of_all_names_each_chapter_and_each_exercise_once(capsys):
    text = said(capsys, progress)
    for title, exercises in CHAPTERS.items():
        assert f"{title}: 0 of {len(exercises)} passed\n" in text
    listed = [
        name
        for line in text.splitlines()
        if " open " in line
        for name in line.partition(" open ")[2].split(", ")
    ]
    assert listed == list(EXERCISES)
    assert text.endswith("Try next: distance (start here, Try, and have it checked).\n")


def test_a_section_is_listed_once_in_each_chapter(capsys):
    for exercises in CHAPTERS.values():
        sections = [exercise.section for exercise in exercises.values()]
        changes = sum(a != b for a, b in pairwise(sections))
        assert changes == len(set(sections)) - 1


def test_what_is_next_follows_what_was_passed_last_for_the_first_time(capsys):
    passed(ALL[4], ALL[1])
    assert f"Try next: {ALL[2].name} (" in said(capsys, progress)
    check(ALL[4].reference)  # once more from memory
    capsys.readouterr()
    assert f"Try next: {ALL[2].name} (" in said(capsys, progress)


def test_after_the_last_the_first_open_one_is_next(capsys):
    passed(*ALL[:3], *ALL[4:])
    assert f"Try next: {ALL[3].name} (" in said(capsys, progress, "linear algebra")


def test_what_is_next_goes_on_into_the_following_chapter(capsys):
    passed(*ALL)
    first = next(iter(CHAPTERS["calculus"]))
    assert f"Try next: {first} (calculus, Derivative)." in said(capsys, progress)


def test_progress_of_a_finished_chapter_leads_to_a_review(capsys):
    for exercise in ALL:
        check(exercise.reference)
    capsys.readouterr()
    text = said(capsys, progress, "linear algebra")
    assert text.startswith(f"linear algebra: {len(ALL)} of {len(ALL)} passed\n")
    assert " open " not in text
    assert text.endswith("\nAll passed. review() names those to write once more.\n")


def test_progress_counts_no_hints_no_solutions_and_no_failures(capsys):
    before = said(capsys, progress)

    def cosine(v, w):
        return 2

    for _ in range(3):
        hint("cosine")
    solution("cosine")
    check(cosine)
    capsys.readouterr()
    assert said(capsys, progress) == before


def test_what_is_passed_stays_passed(capsys):
    def cosine(v, w):
        return 2

    check(lengths.cosine)
    check(cosine)
    capsys.readouterr()
    assert "passed cosine;" in said(capsys, progress)


def test_progress_of_one_chapter_names_no_other(capsys):
    passed(EXERCISES["distance"])
    text = said(capsys, progress, "linear algebra")
    assert text.startswith("linear algebra: 0 of")
    assert [title for title in CHAPTERS if f"{title}: " in text] == ["linear algebra"]
    assert "Try next: combine (" in text


@pytest.mark.parametrize("title", ["linear_algebra", "Linear algebra", "", 1, []])
def test_progress_of_an_unknown_chapter_names_those_there_are(title, capsys):
    with pytest.raises(ValueError, match=r"one of 'start here', 'linear algebra', .*, not ") as e:
        progress(title)
    assert repr(title) in str(e.value)
    assert capsys.readouterr().out == ""


def test_a_teachers_own_chapter_has_its_progress_too(capsys):
    def double(x):
        return 2 * x

    exercise = Exercise(double, ((3,), (0,)), ("What is x + x?",), {"x**2": "That is the square."})
    session.chapters["extra work"] = {"double": exercise}
    assert said(capsys, progress, "extra work") == (
        "extra work: 0 of 1 passed\n  open double\nTry next: double (extra work).\n"
    )
    check(double)
    capsys.readouterr()
    assert "extra work: 1 of 1 passed\n  passed double\n" in said(capsys, progress)
    assert "  double (extra work), passed on 20" in said(capsys, review)


# --- review ----------------------------------------------------------------------------------


def test_review_names_the_five_that_were_passed_longest_ago(capsys):
    chosen = [ALL[n] for n in (9, 3, 17, 0, 12, 5, 8)]
    passed(*chosen)
    heading, *lines = said(capsys, review).splitlines()
    assert heading == "Write once more from memory, each in a new cell, and check it:"
    assert [line.split()[0] for line in lines] == [exercise.name for exercise in chosen[:5]]
    second = session.record.passed()["linear algebra", chosen[1].name].last
    assert lines[1] == (
        f"  {chosen[1].name} (linear algebra, {chosen[1].section}), "
        f"passed on {second.astimezone().date()}"
    )


def test_what_is_written_once_more_goes_to_the_end_of_the_row(capsys):
    passed(*ALL[:6])
    check(ALL[0].reference)
    capsys.readouterr()
    lines = said(capsys, review).splitlines()[1:]
    assert [line.split()[0] for line in lines] == [exercise.name for exercise in ALL[1:6]]


def test_review_before_anything_is_passed_says_so(capsys):
    assert said(capsys, review) == ("Nothing has been passed yet. progress() says what to try.\n")


def test_review_leaves_out_what_the_course_no_longer_has(capsys):
    passed(ALL[0])
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    session.record._session["linear algebra", "no_more"] = Pass(moment, moment, "")
    assert "no_more" not in said(capsys, review)


# --- in a kernel -----------------------------------------------------------------------------

IMPORTS = "from mlmath_helpers.exercises import check, progress, review"
DISTANCE = "def distance(v, w):\n    return float(((v - w) ** 2).sum() ** 0.5)\n\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run cells as JupyterLab does, in a fresh kernel each time; return their outputs."""
    kernel_environment.prepare()
    for name in ("PYTEST_VERSION", "PYTHONSTARTUP"):
        monkeypatch.delenv(name, raising=False)

    def run(*cells):
        notebook = new_notebook(cells=[new_code_cell(text) for text in cells])
        config = NotebookClient(notebook).config
        if kernel_environment.can_be_encrypted():
            config.KernelManager.transport_encryption = "auto"
        resources = {"metadata": {"path": str(tmp_path)}}
        NotebookClient(
            notebook, config=config, kernel_name="python3", resources=resources
        ).execute()
        return [cell.outputs for cell in notebook.cells]

    return run


def test_a_kernel_remembers_what_another_one_has_passed_with_its_answer(run, tmp_path):
    cells = [IMPORTS, f"{DISTANCE}check(distance)", "_.passed, Out[2].name"]
    _, (verdict,), (result,) = run(*cells)
    assert verdict == {"output_type": "stream", "name": "stdout", "text": verdict.text}
    assert verdict.text.startswith("distance: passed, ")
    assert result.data["text/plain"] == "(True, 'distance')"
    assert os.listdir(tmp_path) == [NAME]
    assert DISTANCE.strip().splitlines()[1] in (tmp_path / NAME).read_text(encoding="utf-8")

    _, (shown,), (once_more,) = run(IMPORTS, "progress('start here')", "review()")
    assert "passed distance" in shown.text
    assert "distance (start here, Try, and have it checked), passed on 20" in once_more.text


@pytest.mark.parametrize("name", ["PYTEST_VERSION", "MLMATH_NO_RECORD"])
def test_a_kernel_of_the_tests_neither_reads_nor_writes_a_record(name, run, tmp_path, monkeypatch):
    (tmp_path / NAME).write_text("damaged, and it would be said")
    monkeypatch.setenv(name, "9")
    *_, (shown,) = run(IMPORTS, f"{DISTANCE}check(distance)", "progress('start here')")
    assert shown.text.startswith("start here: 1 of 1 passed\n")
    assert os.listdir(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_text() == "damaged, and it would be said"
