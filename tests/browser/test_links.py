"""Links between cells in JupyterLab: each kind is clicked, and its heading is looked for."""

import itertools
import re

import pytest

import save_notebooks
from browser.conftest import NAMES, NotebookPage, open_notebook

LINK = re.compile(r"\]\(([\w.]*)#cell-id=([\w-]+)\)")


def heading(name, cell_id):
    """Return the words of a cell's heading, as far as they are plain."""
    notebook = save_notebooks.read(save_notebooks.NOTEBOOKS / f"{name}.ipynb")
    (cell,) = (cell for cell in notebook.cells if cell.id == cell_id)
    return re.split(r"[$`*]", re.search(r"^#+ (.+)", cell.source, re.M)[1])[0].strip()


def links(name):
    """Yield the cell that holds it, the notebook and the cell that it leads to, for each link."""
    notebook = save_notebooks.read(save_notebooks.NOTEBOOKS / f"{name}.ipynb")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for file, place in LINK.findall(save_notebooks.prose([cell])):
                yield cell.id, file.removesuffix(".ipynb") or name, place


def follow(notebook, place, *, within=None, to="#", how="click"):
    """Follow the first link to a place, from within a cell or from what is in view."""
    around = notebook.bring(within) if within else notebook.panel
    link = around.locator(f"a[href*='{to}'][href$='#cell-id={place}']").first
    link.scroll_into_view_if_needed()
    if how == "click":
        link.click()
    else:
        link.focus()
        notebook.page.keyboard.press(how)


CHAPTER = "01_linear_algebra"
LAST = "functions-01"  # far from the contents, below nearly all figures and formulas


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_link_within_a_notebook_brings_its_heading_to_the_top(page, jupyterlab, how):
    notebook = open_notebook(page, jupyterlab, CHAPTER)
    follow(notebook, LAST, within="opening-01", how=how)
    notebook.landed(heading(CHAPTER, LAST))
    # From there the keyboard goes on: the cell is the active one.
    assert page.evaluate("jupyterapp.shell.currentWidget.content.activeCell.model.id") == LAST
    notebook.screenshot("link-within")


def test_a_click_while_the_notebook_is_being_opened_is_not_lost(page, jupyterlab):
    notebook = open_notebook(page, jupyterlab, CHAPTER, ready=False)
    follow(notebook, LAST)
    notebook.landed(heading(CHAPTER, LAST))
    notebook.wait_until_ready()
    notebook.landed(heading(CHAPTER, LAST))


def test_a_link_to_another_notebook_opens_it_at_its_section_and_leads_back(page, jupyterlab):
    first, words = open_notebook(page, jupyterlab, "00_start_here"), heading(CHAPTER, "svd-01")
    within = next(cell for cell, *there in links("00_start_here") if there == [CHAPTER, "svd-01"])
    follow(first, "svd-01", within=within)
    first.landed(words)
    chapter = NotebookPage.__new__(NotebookPage)
    chapter.page, chapter.name, chapter.panel = page, CHAPTER, first.panel
    chapter.wait_until_ready()
    back = next((c, *there) for c, *there in links(CHAPTER) if there[0] == "00_start_here")
    follow(chapter, back[2], within=back[0])
    first.landed(heading(*back[1:]))


def test_a_section_that_was_folded_away_is_unfolded(page, jupyterlab):
    notebook = open_notebook(page, jupyterlab, CHAPTER)
    page.evaluate(
        """() => {
            const cells = jupyterapp.shell.currentWidget.content.widgets;
            cells.find(cell => cell.model.id === 'functions-01').headingCollapsed = true;
        }"""
    )
    inside = page.evaluate(
        """() => {
            const cells = jupyterapp.shell.currentWidget.content.widgets;
            return cells.find(cell => cell.isHidden).model.id;
        }"""
    )
    page.evaluate(
        """id => {  // in the notebook that is shown: JupyterLab opens the tabs of last time as well
            const shown = jupyterapp.shell.currentWidget.node;
            const link = shown.querySelector('.jp-RenderedMarkdown a[href^="#cell-id="]');
            link.setAttribute('href', `#cell-id=${id}`);
            link.click();
        }""",
        inside,
    )
    page.wait_for_function(
        """id => {
            const content = jupyterapp.shell.currentWidget.content;
            return !content.activeCell.isHidden && content.activeCell.model.id === id;
        }""",
        arg=inside,
    )
    assert notebook.panel.count() == 1


def test_the_reader_who_scrolls_on_is_not_pulled_back(page, jupyterlab):
    notebook = open_notebook(page, jupyterlab, CHAPTER)
    follow(notebook, LAST, within="opening-01")
    page.wait_for_timeout(60)
    box = notebook.panel.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(6):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(250)
    where = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    at = page.evaluate(where)
    page.wait_for_timeout(1500)
    assert abs(page.evaluate(where) - at) < 100


HEIGHTS = """() => {
    const { widgets, viewModel } = jupyterapp.shell.currentWidget.content;
    return widgets.map((cell, index) => cell.isHidden ? null : viewModel.getSpan(index, index)[1]);
}"""


def test_a_link_leads_on_where_jupyterlab_took_cells_for_flat(page, jupyterlab):
    """As it does at times with cells that it has not shown yet, and then passes over them."""
    notebook = open_notebook(page, jupyterlab, CHAPTER)
    contents = notebook.bring("opening-01")
    page.evaluate(
        """() => {
            const { widgets, viewModel } = jupyterapp.shell.currentWidget.content;
            const unseen = [...widgets.keys()].filter(at => !widgets[at].node.clientHeight);
            viewModel.setWidgetSize(unseen.slice(0, -16).map(index => ({ index, size: 0 })));
        }"""
    )
    assert page.evaluate(HEIGHTS).count(0) > 300
    contents.locator(f"a[href$='#cell-id={LAST}']").first.click()
    notebook.landed(heading(CHAPTER, LAST))
    assert 0 not in page.evaluate(HEIGHTS)


def test_one_walks_from_the_first_page_to_the_last_section_by_links_alone(page, jupyterlab):
    """In each chapter from the contents to its last section, then by its end to the next."""
    notebook = open_notebook(page, jupyterlab, NAMES[0])
    for name in NAMES:
        notebook.name = name
        notebook.wait_until_ready()
        order = [cell.id for cell in notebook.stored().cells]
        notebook.landed(heading(name, order[0]))
        here = [(cell, place) for cell, there, place in links(name) if there == name]
        contents = [place for cell, place in here if cell == order[0]]
        last = max(contents, key=order.index)
        follow(notebook, last, within=order[0])
        notebook.landed(heading(name, last))
        for cell, there, place in reversed(list(links(name))):
            if place == "opening-01" and there == dict(itertools.pairwise(NAMES)).get(name):
                follow(notebook, place, within=cell, to=there)
                break
    assert name == NAMES[-1]
