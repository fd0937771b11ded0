"""The live course: each notebook run in the browser, by mouse and keyboard, without a server."""

import time
from statistics import median

import pytest

from static_site import NAMES, SCREENSHOTS

PATIENCE = 120_000  # milliseconds: Python has to start in the browser, on a busy machine
ANSWER = "def distance(v, w):\n    {}\n\n\ncheck(distance)"
RIGHT = "return float(((v - w) ** 2).sum() ** 0.5)"

# From the mouse's last move to the frame that shows another picture, in milliseconds.
WATCH = """explorer => {
    window.steps = [];
    let moved = 0, shown = explorer.querySelector('img.mlmath-picture').src;
    document.addEventListener('pointermove', () => { moved = performance.now(); }, true);
    new MutationObserver(() => {
        const now = explorer.querySelector('img.mlmath-picture').src;
        if (now === shown || !moved) return;
        shown = now;
        const began = moved;
        requestAnimationFrame(() => window.steps.push(performance.now() - began));
    }).observe(explorer, {subtree: true, childList: true, attributes: true});
}"""


class LiveNotebook:
    """One notebook in the live course."""

    def __init__(self, page, address, name):
        self.page, self.name = page, name
        page.set_default_timeout(PATIENCE)
        self.began = time.monotonic()
        page.goto(f"{address}run/{name}.html")
        self.wait_until_ready()

    def wait_until_ready(self):
        """Wait for what a learner waits for: the bar says that Python is ready."""
        self.page.locator("#state", has_text="Python is ready").wait_for()
        self.inside = self.page.frame_locator("iframe")
        (self.frame,) = self.page.main_frame.child_frames

    def run_all(self):
        """Run all cells; note when the first was done, and when all were."""
        started = time.monotonic()
        self.inside.locator("body").evaluate(
            "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
        )
        prompts = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        done = f"() => {prompts}.%s(prompt => /\\[\\d+\\]:/.test(prompt.innerText))"
        self.frame.wait_for_function(done % "some")
        self.first = time.monotonic() - self.began
        self.frame.wait_for_function(done % "every")
        self.page.locator("#state", has_text="Python is ready").wait_for()
        self.all = time.monotonic() - started

    def cell(self, text):
        """Return the first cell with this text."""
        return self.inside.locator(".jp-CodeCell", has_text=text).first

    def answer(self, code):
        """Type code into the exercise of the opening notebook, run it, return what it shows."""
        cell = self.cell("distance(v, w)")
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Control+Enter")
        return cell.locator(".jp-OutputArea-output")


@pytest.fixture(scope="module")
def context_page(visit):
    """Open the one window for all notebooks: what it has loaded once stays in its cache."""
    return visit(viewport={"width": 1280, "height": 950})


@pytest.fixture(scope="module", params=NAMES)
def live(request, context_page, address):
    notebook = LiveNotebook(context_page, address, request.param)
    # Clear what is stored, so that what is there at the end was made here.
    notebook.inside.locator("body").evaluate(
        "() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
    )
    notebook.run_all()
    return notebook


def test_a_notebook_runs_to_its_end_without_an_error_or_a_warning(live):
    wrong = "[data-mime-type$='error'], [data-mime-type$='stderr']"
    assert live.inside.locator(wrong).all_inner_texts() == []
    print(f"\n{live.name}: first cell after {live.first:.1f} s, all in {live.all:.1f} s")
    live.page.screenshot(path=SCREENSHOTS / f"live-{live.name}.png")


def test_dragging_a_slider_moves_the_picture_and_its_sentence(live):
    explorer = live.inside.locator(".mlmath-explorer").first
    explorer.scroll_into_view_if_needed()
    picture, caption = explorer.locator("img.mlmath-picture"), explorer.locator(".mlmath-caption")
    before, sentence = picture.get_attribute("src"), caption.inner_text()
    explorer.evaluate(WATCH)
    handle = explorer.locator(".noUi-handle").first.bounding_box()
    track = explorer.locator(".noUi-target").first.bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    way = -1 if x - track["x"] > track["width"] / 2 else 1
    live.page.mouse.move(x, y)
    live.page.mouse.down()
    for step in range(1, 13):
        live.page.mouse.move(x + way * step * track["width"] / 30, y)
        live.page.wait_for_timeout(250)
    live.page.mouse.up()
    live.frame.wait_for_function(
        "([picture, caption]) => picture.alt === caption.innerText.trim()",
        arg=[picture.element_handle(), caption.element_handle()],
    )
    assert picture.get_attribute("src") != before
    assert caption.inner_text() != sentence
    steps = live.frame.evaluate("window.steps")
    print(f"\n{live.name}: {len(steps)} steps of a slider, median {median(steps):.0f} ms")
    live.page.screenshot(path=SCREENSHOTS / f"live-{live.name}-dragged.png")
    assert steps


@pytest.mark.parametrize("live", ["00_start_here"], indirect=True)
def test_answers_hints_and_solutions_work_and_edits_survive_until_a_fresh_start(live):
    live.answer(ANSWER.format("return 0.0")).filter(has_text="expected").wait_for()
    live.answer("# distance(v, w)\nhint('distance')").filter(has_text="Hint 1").wait_for()
    live.answer("# distance(v, w)\nsolution('distance')").filter(has_text="return").wait_for()
    endless = ANSWER.format("while True:\n        pass")
    live.answer(endless).filter(has_text="seconds").wait_for()
    live.answer(ANSWER.format(RIGHT)).filter(has_text="passed").wait_for()
    live.page.wait_for_timeout(7_000)  # it is saved every five seconds
    live.page.reload()
    live.inside.locator(".jp-CodeCell").first.wait_for()
    live.cell("distance(v, w)").locator(".cm-content", has_text=RIGHT).wait_for()

    live.page.locator("#afresh").click()
    live.page.locator("#yes").click()
    live.cell("distance(v, w)").locator(".cm-content", has_text="your code here").wait_for()
    assert not live.page.locator("#sure").is_visible()
