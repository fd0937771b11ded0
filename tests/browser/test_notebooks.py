"""The notebooks in JupyterLab in Chromium, used as a learner uses them."""

import re

import pytest
from playwright.sync_api import TimeoutError


def test_nothing_pops_up_on_the_first_start(opened):
    assert opened.page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    assert opened.panel.count() == 1


def test_opening_a_notebook_does_not_change_it(opened, lab):
    stored = (lab.mine / f"{opened.name}.ipynb").read_bytes()
    assert not opened.page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty")
    opened.page.keyboard.press("Control+s")
    opened.page.wait_for_function(
        "!document.querySelector('#jp-main-statusbar').innerText.includes('Saving')"
    )
    opened.page.wait_for_timeout(500)
    assert (lab.mine / f"{opened.name}.ipynb").read_bytes() == stored


def test_every_stored_picture_is_visible_before_any_cell_is_run(opened):
    for cell in opened.stored().cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                picture = opened.bring(cell.id).locator(".jp-OutputArea-output img")
                picture.wait_for()
                width = picture.evaluate("async p => { await p.decode(); return p.naturalWidth; }")
                assert width > 0


def test_run_all_ends_without_an_error(run):
    assert run.wrong_outputs() == []
    counts = [c["execution_count"] for c in run.cells() if c["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def explorer_cells(notebook):
    return [
        c.id for c in notebook.stored().cells if re.search(r"^explorers\.\w+\(", c.source, re.M)
    ]


def test_the_first_control_of_each_explorer_moves_its_picture_and_its_caption(run):
    cells = explorer_cells(run)
    assert cells
    for number, cell in enumerate(cells, 1):
        explorer = run.bring(cell).locator(".mlmath-explorer")
        height = explorer.bounding_box()["height"]
        # Four steps arrive one after the other: the last has when picture and caption agree.
        keys = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]
        if explorer.locator(".noUi-handle, select").first.evaluate("it => it.matches('select')"):
            keys = ["Space", "ArrowDown", "Enter"]
        _press(run.page, explorer, ".noUi-handle, select", keys)
        assert explorer.bounding_box()["height"] == height, "the page below has moved"
        run.screenshot(f"explorer-{number}")


def test_a_menu_is_chosen_from_by_the_keyboard(run):
    menu_cells = (run.bring(cell) for cell in explorer_cells(run))
    explorer = next(
        cell.locator(".mlmath-explorer") for cell in menu_cells if cell.locator("select").count()
    )
    menu = explorer.locator("select").first
    last = menu.evaluate("menu => menu.selectedIndex == menu.options.length - 1")
    _press(run.page, explorer, "select", ["Space", "ArrowUp" if last else "ArrowDown", "Enter"])


def test_a_figure_that_was_scrolled_out_of_view_is_as_it_was_and_moves_on(run):
    cell = explorer_cells(run)[0]
    explorer = run.bring(cell).locator(".mlmath-explorer")
    _press(run.page, explorer, ".noUi-handle, select", ["ArrowRight"])
    left = explorer.locator("img.mlmath-picture").get_attribute("src")
    run.bring(run.stored().cells[-1].id)
    explorer = run.bring(cell).locator(".mlmath-explorer")
    assert explorer.locator("img.mlmath-picture").get_attribute("src") == left
    _press(run.page, explorer, ".noUi-handle, select", ["ArrowDown"])


def _press(page, explorer, control, keys):
    """Press keys on the first such control, and wait for another picture with its caption."""
    explorer.scroll_into_view_if_needed()
    before = explorer.locator("img.mlmath-picture").get_attribute("src")
    sentence = explorer.locator(".mlmath-caption").inner_text().strip()
    explorer.locator(control).first.focus()
    for key in keys:
        page.keyboard.press(key)
    moved = """([explorer, before, sentence]) => {
        const picture = explorer.querySelector('img.mlmath-picture');
        const caption = explorer.querySelector('.mlmath-caption').innerText.trim();
        return picture.src !== before && caption !== sentence && picture.alt === caption;
    }"""
    try:
        page.wait_for_function(moved, arg=[explorer.element_handle(), before, sentence])
    except TimeoutError:
        now = explorer.locator(".mlmath-caption").inner_text().strip()
        focus = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        pytest.fail(f"{keys} on {control} left {sentence!r} as {now!r}; {focus} has the keyboard")


@pytest.mark.parametrize("opened", ["00_start_here"], indirect=True)
@pytest.mark.parametrize(
    ("body", "verdict"),
    [("return 0.0", "expected"), ("return float(((v - w) ** 2).sum() ** 0.5)", "passed")],
    ids=["wrong", "right"],
)
def test_an_answer_that_is_typed_gets_the_right_verdict(run, body, verdict):
    exercise = next(c.id for c in run.stored().cells if "check(distance)" in c.source)
    cell = run.bring(exercise)
    cell.locator(".cm-content").click()
    run.page.keyboard.press("Control+A")
    run.page.keyboard.insert_text(f"def distance(v, w):\n    {body}\n\n\ncheck(distance)")
    run.page.keyboard.press("Control+Enter")
    cell.locator(".jp-OutputArea-output", has_text=verdict).wait_for()
    run.screenshot(f"answer-{verdict}")
