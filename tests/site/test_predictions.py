"""Questions before figures, answered on the reading pages: with a script and without."""

import nbformat
import pytest

from mlmath_helpers.exercises._engine.prediction import predictions
from moving import SCREENS
from static_site import NAMES, ROOT


def asked(name):
    """Return the questions of a notebook, by the ids of their cells."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)
    return {
        cell.id: predictions[cell.source.split('"')[1]]
        for cell in book.cells
        if cell.cell_type == "code" and cell.source.startswith('predict("')
    }


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, visit):
    return visit(viewport=SCREENS["phone"], java_script_enabled=request.param)


@pytest.mark.parametrize("name", NAMES)
def test_each_choice_gets_its_sentence(name, page, address):
    page.goto(f"{address}read/{name}.html")
    questions = asked(name)
    assert page.locator(".prediction").count() == len(questions)
    for cell, prediction in questions.items():
        box = page.locator(f"#{cell} .prediction")
        assert box.locator("> p").inner_text() == prediction.question
        if prediction.of_a_number:
            continue
        folds = box.locator("details")
        assert folds.count() == len(prediction.choices)
        for number, (choice, sentence) in enumerate(prediction.choices.items()):
            fold = folds.nth(number)
            assert fold.locator("summary").inner_text() == choice
            fold.locator("summary").click()
            agrees = "agree" if choice == prediction.answer else "say otherwise"
            assert fold.locator("p").inner_text() == f"The figure will {agrees}. {sentence}"
            assert box.locator("details[open]").count() == 1, "one at a time"


NUMBERS = [
    (name, cell, prediction)
    for name in NAMES
    for cell, prediction in asked(name).items()
    if prediction.of_a_number
]


@pytest.mark.parametrize(("name", "cell", "prediction"), NUMBERS)
def test_a_number_is_answered_at_once(name, cell, prediction, visit, address):
    page = visit(viewport=SCREENS["phone"])
    page.goto(f"{address}read/{name}.html")
    box = page.locator(f"#{cell} .prediction")
    guess, said = box.locator("input"), box.locator("[role=status]")
    tries = {0: "right", -3: "too low", 3: "too high"}
    for off, kind in tries.items():
        guess.fill(str(prediction.answer + off * prediction.within))
        guess.press("Enter")
        assert said.inner_text().endswith(prediction.choices[kind])
    guess.fill("many")
    box.get_by_role("button", name="That is my guess").click()
    assert "not a number" in said.inner_text()
    guess.fill("")
    guess.press("Enter")
    assert "not a number" in said.inner_text()


@pytest.mark.parametrize(("name", "cell", "prediction"), NUMBERS)
def test_the_answer_to_a_number_is_there_without_a_script(name, cell, prediction, visit, address):
    page = visit(viewport=SCREENS["phone"], java_script_enabled=False)
    page.goto(f"{address}read/{name}.html")
    box = page.locator(f"#{cell} .prediction")
    assert not box.locator("form").is_visible()
    box.locator("summary").click()
    text = box.locator("details p").inner_text()
    assert str(prediction.answer) in text
    assert prediction.choices["right"] in text
