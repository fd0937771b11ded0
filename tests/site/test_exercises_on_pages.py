"""The exercises on the reading pages: whoever reads finds hints and solution, folded."""

import json
import re

import pytest

from mlmath_helpers.exercises import chapters
from mlmath_helpers.source import short_source
from static_site import NAMES, ROOT

EXERCISES = {name: exercise for names in chapters.values() for name, exercise in names.items()}
ANSWERS = """cells => cells.map(cell => ({
    cell: cell.closest(".cell").id,
    hints: [...cell.querySelectorAll("details:not(:last-child)")].map(fold => [
        fold.querySelector("summary").textContent, fold.querySelector("p").textContent,
    ]),
    last: cell.querySelector("details:last-child > summary").textContent,
    solution: cell.querySelector("pre").textContent.trimEnd(),
    why: cell.querySelector("details:last-child > p")?.textContent ?? "",
}))"""


@pytest.fixture(scope="module")
def page(visit):
    return visit(viewport={"width": 390, "height": 844})


def asked(name):
    """Return the exercise that each cell of a notebook has checked, by the name of the cell."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    found = {
        cell["id"]: re.search(r"^check\((\w+)\)", "".join(cell["source"]), re.M)
        for cell in cells
        if cell["cell_type"] == "code"
    }
    return {cell: EXERCISES[match[1]] for cell, match in found.items() if match}


@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_has_its_hints_and_the_solution_that_the_tests_run(name, page, address):
    page.goto(f"{address}read/{name}.html")
    found = page.locator(".answers").evaluate_all(ANSWERS)
    exercises = asked(name)
    assert exercises
    assert [answers["cell"] for answers in found] == list(exercises)
    for answers, exercise in zip(found, exercises.values(), strict=True):
        n_hints = len(exercise.hints)
        assert answers["hints"] == [
            [f"Hint {number} of {n_hints}", hint] for number, hint in enumerate(exercise.hints, 1)
        ]
        assert answers["last"] == "Solution"
        assert answers["solution"] == short_source(exercise.reference)
        assert answers["why"] == exercise.why


@pytest.mark.parametrize("name", NAMES)
def test_no_page_says_that_something_is_not_written_yet(name, page, address):
    page.goto(f"{address}read/{name}.html")
    outputs = page.locator(".output").all_text_contents()
    assert not [text for text in outputs if "not written yet" in text]


def test_a_reader_with_a_phone_looks_at_one_hint_after_the_other_and_then_at_the_solution(
    page, address
):
    page.goto(f"{address}read/{NAMES[1]}.html")
    answers = page.locator(".cell", has_text="def projection(").locator(".answers")
    folds = answers.locator("details")
    for number in range(folds.count()):
        inside = folds.nth(number).locator("p").first
        assert not inside.is_visible()
        folds.nth(number).locator("summary").click()
        assert inside.is_visible()
    solution = answers.locator(".code")
    assert "return (v @ onto) / (onto @ onto) * onto" in solution.inner_text()
    box = solution.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    after = answers.locator("xpath=following-sibling::p[1]/a")
    assert after.inner_text() == "Try it"


def test_without_javascript_the_folds_open_too(visit, address):
    page = visit(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{address}read/{NAMES[1]}.html")
    fold = page.locator(".answers details").last
    fold.locator("summary").click()
    assert fold.locator("pre").is_visible()
