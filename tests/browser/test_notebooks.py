"""The notebooks in JupyterLab in Chromium, used as a learner uses them."""

import re

import pytest


def test_nothing_pops_up_on_the_first_start(opened):
    assert opened.page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    assert opened.panel.count() == 1


def test_every_stored_picture_is_visible_before_any_cell_is_run(opened):
    stored = [
        output
        for cell in opened.stored().cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert opened.visible_before == [True] * len(stored)


def test_run_all_ends_without_an_error(run):
    assert run.wrong_outputs() == []
    assert "[*]" not in run.panel.inner_text()


def test_the_first_control_of_each_explorer_moves_its_picture_and_its_caption(run):
    explorers = run.panel.locator(".mlmath-explorer")
    code = "\n".join(c.source for c in run.stored().cells if c.cell_type == "code")
    assert explorers.count() == len(re.findall(r"\bexplorers\.\w+\(", code)) > 0
    for number in range(explorers.count()):
        explorer = explorers.nth(number)
        # Four steps arrive one after the other: the last has when picture and caption agree.
        keys = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]
        _press(run.page, explorer, ".noUi-handle, select", keys)
        run.screenshot(f"explorer-{number + 1}")


def test_a_menu_is_chosen_from_by_the_keyboard(run):
    explorer = run.panel.locator(".mlmath-explorer", has=run.page.locator("select")).first
    menu = explorer.locator("select").first
    last = menu.evaluate("menu => menu.selectedIndex == menu.options.length - 1")
    _press(run.page, explorer, "select", ["Space", "ArrowUp" if last else "ArrowDown", "Enter"])


def _press(page, explorer, control, keys):
    """Press keys on the first such control, and wait for another picture with its caption."""
    explorer.scroll_into_view_if_needed()
    before = explorer.locator("img.mlmath-picture").get_attribute("src")
    sentence = explorer.locator(".mlmath-caption").inner_text().strip()
    explorer.locator(control).first.focus()
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        """([explorer, before, sentence]) => {
            const picture = explorer.querySelector('img.mlmath-picture');
            const caption = explorer.querySelector('.mlmath-caption').innerText.trim();
            return picture.src !== before && caption !== sentence && picture.alt === caption;
        }""",
        arg=[explorer.element_handle(), before, sentence],
    )


@pytest.mark.parametrize("opened", ["00_start_here"], indirect=True)
@pytest.mark.parametrize(
    ("body", "verdict"),
    [("return 0.0", "expected"), ("return float(((v - w) ** 2).sum() ** 0.5)", "passed")],
    ids=["wrong", "right"],
)
def test_an_answer_that_is_typed_gets_the_right_verdict(run, body, verdict):
    cell = run.cells.filter(has_text="def distance(v, w)").filter(has_text="check(distance)")
    cell.locator(".cm-content").click()
    run.page.keyboard.press("Control+A")
    run.page.keyboard.insert_text(f"def distance(v, w):\n    {body}\n\n\ncheck(distance)")
    run.page.keyboard.press("Control+Enter")
    cell.locator(".jp-OutputArea-output", has_text=verdict).wait_for()
    run.screenshot(f"answer-{verdict}")
