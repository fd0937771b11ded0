"""The live course: each notebook run in the browser, by mouse and keyboard, without a server."""

import json
import re
import time
from statistics import median

import pytest
from axe_playwright_python.sync_playwright import Axe

import notebook_page
import offline
import save_notebooks
import static_site
from static_site import NAMES, SCREENSHOTS

PATIENCE = 240_000  # milliseconds: Python has to start in two browsers, on a busy machine
ANSWER = "def distance(v, w):\n    {}\n\n\ncheck(distance)"
RIGHT = "return float(((v - w) ** 2).sum() ** 0.5)"

DIRTY = "jupyterapp.shell.currentWidget.context.model.dirty"

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

    def __init__(self, page, address, name, place=""):
        self.page, self.name = page, name
        page.set_default_timeout(PATIENCE)
        self.began = time.monotonic()
        page.goto(f"{address}run/{name}.html{place}")

    @property
    def frame(self):
        """The frame of the notebook, once its application is there."""
        self.page.wait_for_function(
            """() => {
                const inside = document.querySelector('iframe')?.contentWindow;
                const panel = inside?.jupyterapp?.shell.currentWidget;
                return Boolean(panel?.context?.isReady && inside.mlmathLinks);
            }"""
        )
        (frame,) = self.page.main_frame.child_frames
        return frame

    def wait_until_ready(self):
        """Wait for what a learner waits for: the bar says that Python is ready."""
        self.page.locator("#state", has_text="Python is ready").wait_for()
        return self

    def execute(self, command):
        """Execute a command of JupyterLab's."""
        self.frame.evaluate("command => { jupyterapp.commands.execute(command); }", command)

    def save(self):
        """Save the notebook in the browser."""
        self.frame.evaluate("jupyterapp.commands.execute('docmanager:save')")

    def run_all(self):
        """Run all cells; note when the first was done, and when all were."""
        started = time.monotonic()
        self.execute("notebook:run-all-cells")
        some = f"() => {notebook_page.CELLS}.some(cell => cell.execution_count)"
        self.frame.wait_for_function(some, polling=250)
        self.first = time.monotonic() - self.began
        self.frame.wait_for_function(notebook_page.ALL_RAN, polling=500, timeout=2 * PATIENCE)
        self.page.locator("#state", has_text="Python is ready").wait_for()
        self.all = time.monotonic() - started

    def stored(self):
        """Return the cells as they are in the repository."""
        return save_notebooks.read(save_notebooks.NOTEBOOKS / f"{self.name}.ipynb").cells

    def cell(self, text):
        """Return the first cell with this text."""
        name = next(
            c["id"] for c in self.frame.evaluate(notebook_page.CELLS) if text in c["source"]
        )
        return notebook_page.bring(self.frame, name)

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
    return visit(viewport={"width": 1280, "height": 950}, has_touch=True)


@pytest.fixture(scope="module", params=NAMES)
def live(request, context_page, address):
    notebook = LiveNotebook(context_page, address, request.param).wait_until_ready()
    notebook.changed = notebook.frame.evaluate(DIRTY)
    # Clear what is stored, so that what is there at the end was made here.
    notebook.execute("notebook:clear-all-cell-outputs")
    notebook.run_all()
    return notebook


def test_a_notebook_runs_to_its_end_without_an_error_or_a_warning(live):
    assert not live.changed, "opening it has changed it"
    assert notebook_page.wrong_outputs(live.frame) == []
    print(f"\n{live.name}: first cell after {live.first:.1f} s, all in {live.all:.1f} s")
    live.page.screenshot(path=SCREENSHOTS / f"live-{live.name}.png")


def test_dragging_a_slider_moves_the_picture_and_its_sentence(live):
    figure = next(c.id for c in live.stored() if re.search(r"^explorers\.", c.source, re.M))
    explorer = notebook_page.bring(live.frame, figure).locator(".mlmath-explorer").first
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
        """([picture, caption, before]) => window.steps.length && picture.src !== before
            && picture.alt === caption.innerText.trim()""",
        arg=[picture.element_handle(), caption.element_handle(), before],
    )
    assert picture.get_attribute("src") != before
    assert caption.inner_text() != sentence
    steps = live.frame.evaluate("window.steps")
    print(f"\n{live.name}: {len(steps)} steps of a slider, median {median(steps):.0f} ms")
    live.page.screenshot(path=SCREENSHOTS / f"live-{live.name}-dragged.png")
    assert steps


@pytest.mark.parametrize("how", ["mouse", "finger"])
def test_dragging_a_handle_moves_the_picture_its_sentence_and_a_slider(live, how):
    figure = next(c.id for c in live.stored() if re.search(r"^explorers\.", c.source, re.M))
    explorer = notebook_page.bring(live.frame, figure).locator(".mlmath-explorer").first
    explorer.get_by_role("button", name="reset").click()
    handle = explorer.locator(".mlmath-handle").first
    handle.scroll_into_view_if_needed()
    live.page.wait_for_timeout(500)
    explorer.evaluate(WATCH)
    before = explorer.locator(".mlmath-caption").inner_text()
    values = explorer.locator(".noUi-handle, select")
    values = [values.nth(i) for i in range(values.count())]
    told = [value.get_attribute("aria-valuetext") for value in values]
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    way = [(x + 5 * step, y - 2 * step) for step in range(9)]
    if how == "mouse":
        live.page.mouse.move(x, y)
        live.page.mouse.down()
        for place in way:
            live.page.mouse.move(*place)
            live.page.wait_for_timeout(100)
        live.page.mouse.up()
    else:
        touch = live.page.context.new_cdp_session(live.page)
        for kind, (x, y) in zip(["touchStart"] + ["touchMove"] * 8, way, strict=True):
            points = [{"x": x, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            live.page.wait_for_timeout(100)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    live.frame.wait_for_function(
        """([explorer, before]) => {
            const caption = explorer.querySelector('.mlmath-caption').innerText.trim();
            const heard = explorer.querySelector('[role=status]').textContent;
            return caption !== before && heard === caption && window.steps.length
                && explorer.querySelector('img.mlmath-picture').alt === caption;
        }""",
        arg=[explorer.element_handle(), before],
    )
    steps = live.frame.evaluate("window.steps")
    print(f"\n{live.name}: {len(steps)} steps by {how}, median {median(steps):.0f} ms")
    assert [value.get_attribute("aria-valuetext") for value in values] != told


def test_axe_finds_nothing_on_a_live_figure(live):
    figure = next(c.id for c in live.stored() if re.search(r"^explorers\.", c.source, re.M))
    explorer = notebook_page.bring(live.frame, figure).locator(".mlmath-explorer").first
    explorer.locator(".mlmath-handle").first.focus()
    found = Axe().run(live.frame, context=".mlmath-explorer")
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("live", ["00_start_here"], indirect=True)
def test_answers_hints_and_solutions_work_and_edits_survive_until_a_fresh_start(live):
    live.answer(ANSWER.format("return 0.0")).filter(has_text="expected").wait_for()
    live.answer("# distance(v, w)\nhint('distance')").filter(has_text="Hint 1").wait_for()
    live.answer("# distance(v, w)\nsolution('distance')").filter(has_text="return").wait_for()
    endless = ANSWER.format("while True:\n        pass")
    live.answer(endless).filter(has_text="seconds").wait_for()
    live.answer(ANSWER.format(RIGHT)).filter(has_text="passed").wait_for()
    live.frame.wait_for_function(f"!{DIRTY}")  # it is saved every five seconds
    live.page.reload()
    live.cell("distance(v, w)").locator(".cm-content", has_text=RIGHT).wait_for()

    live.page.locator("#afresh").click()
    live.page.locator("#yes").click()
    live.cell("distance(v, w)").locator(".cm-content", has_text="your code here").wait_for()
    assert not live.page.locator("#sure").is_visible()


@pytest.fixture
def page(visit):
    page = visit(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE)
    return page


def test_what_has_passed_is_known_after_a_reload_and_a_fresh_start_and_can_be_had(page, address):
    live = LiveNotebook(page, address, "00_start_here").wait_until_ready()
    contents, button = page.locator("#contents summary"), page.locator("#passed-download")
    contents.click()
    assert not button.is_visible(), "nothing has been passed yet"
    contents.click()
    live.run_all()  # loads the names; the exercise is not written yet
    shown = live.answer(ANSWER.format(RIGHT))
    shown.filter(has_text="distance: passed").wait_for()
    assert shown.count() == 1, "the check shows its verdict and nothing else"

    for afresh in (False, True):
        if afresh:
            page.locator("#afresh").click()
            page.locator("#sure", has_text="stays remembered").locator("#yes").click()
            page.locator("#sure").wait_for(state="hidden")
        else:
            live.frame.wait_for_function(f"!{DIRTY}")
            page.reload()
        live.wait_until_ready()
        ask = "# distance(v, w)\nfrom mlmath_helpers.exercises import progress, review\n"
        shown = live.answer(f"{ask}progress('start here')\nreview()")
        shown.filter(has_text="1 of 1 passed").filter(has_text="passed on 20").wait_for()

    contents.click()
    button.wait_for()
    page.screenshot(path=SCREENSHOTS / "live-passed.png")
    with page.expect_download() as record:
        button.click()
    assert record.value.suggested_filename == "mlmath-progress.json"
    kept = json.loads(record.value.path().read_text(encoding="utf-8"))
    assert kept["passed"]["start here"]["distance"]["answer"].startswith("def distance(v, w):")
    assert RIGHT in kept["passed"]["start here"]["distance"]["answer"]


def heading(name, cell_id):
    """Return the words of a cell's heading, as far as they are plain."""
    cells = save_notebooks.read(save_notebooks.NOTEBOOKS / f"{name}.ipynb").cells
    source = next(cell.source for cell in cells if cell.id == cell_id)
    return re.split(r"[$`*]", re.search(r"^#+ (.+)", source, re.M)[1])[0].strip()


CHAPTER = "01_linear_algebra"


def test_links_lead_to_their_cells_and_the_back_button_back(page, address):
    live = LiveNotebook(page, address, CHAPTER, "#svd")  # and nothing waits for Python
    notebook_page.landed(live.frame, heading(CHAPTER, "svd-01"))
    page.locator("#contents summary").click()
    page.locator("#contents a", has_text="Attention").click()
    notebook_page.landed(live.frame, heading(CHAPTER, "attention-01"))
    assert page.url.endswith("#attention-01")
    page.go_back()
    notebook_page.landed(live.frame, heading(CHAPTER, "svd-01"))
    link = notebook_page.bring(live.frame, "opening-01").locator("a[href$='#cell-id=functions-01']")
    link.first.click()
    notebook_page.landed(live.frame, heading(CHAPTER, "functions-01"))
    link = notebook_page.bring(live.frame, "opening-01").locator("a[href$='#cell-id=notation-01']")
    link.first.click()
    page.wait_for_url("**/run/00_start_here.html#notation-01")
    notebook_page.landed(live.frame, heading("00_start_here", "notation-01"))
    page.locator("#contents summary").click()
    page.locator("#contents a", has_text="Calculus").click()
    page.wait_for_url("**/run/02_calculus.html")
    live.name = "02_calculus"
    notebook_page.landed(live.frame, heading("02_calculus", "opening-01"))


def shown_at_the_top(live, figure):
    """Wait until a figure is live in its cell, and the cell at the top of the view."""
    live.frame.wait_for_function(
        """id => {
            const content = jupyterapp.shell.currentWidget.content;
            const cell = content.widgets.find(cell => cell.model.id === id).node;
            const picture = cell.querySelector('.mlmath-explorer img.mlmath-picture');
            const view = content.node.querySelector('.jp-WindowedPanel-outer');
            const [at, all] = [cell, view].map(node => node.getBoundingClientRect());
            return picture?.clientHeight > 0 && Math.abs(at.top - all.top) < all.height / 5;
        }""",
        arg=figure,
        polling=250,  # not at each frame, which Python's pictures need the processor for
    )


def test_move_it_opens_the_figure_with_what_it_needs_and_without_a_network_too(page, address):
    name = "05_information_theory"
    page.goto(f"{address}read/{name}.html")
    link = page.get_by_role("link", name="Move all of it, live").last
    figure = link.get_attribute("href").partition("#")[2]
    link.click()
    live = LiveNotebook.__new__(LiveNotebook)
    live.page, live.name = page, name
    shown_at_the_top(live, figure)
    assert notebook_page.wrong_outputs(live.frame) == []
    page.screenshot(path=SCREENSHOTS / "live-move-it.png")

    wait_until_kept(live)
    page.context.set_offline(True)
    page.reload()
    shown_at_the_top(live, figure)
    page.context.set_offline(False)


CORRECTED = "This sentence came with the update."
FILE = "live/files/00_start_here.ipynb"


@pytest.fixture
def rebuild(monkeypatch):
    """Let the site have a new build, in which a sentence was added to the opening notebook."""
    monkeypatch.setattr(static_site.Handler, "rebuilt", {})

    def rebuild(number):
        notebook = json.loads((static_site.SITE / FILE).read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] += f"\n\n{CORRECTED} ({number})"
        new = json.dumps(notebook).encode()
        files = json.loads((static_site.SITE / offline.LIST).read_text(encoding="utf-8"))
        files[FILE] = offline.digest(new)
        static_site.Handler.rebuilt |= {FILE: new, offline.LIST: json.dumps(files).encode()}

    return rebuild


def wait_until_kept(live):
    """Wait until the worker has kept what leads on from here."""
    live.wait_until_ready()
    last = f"/run/{NAMES[-1]}.html"
    kept = "async () => (await (await caches.open('mlmath')).keys()).map(request => request.url)"
    deadline = time.monotonic() + PATIENCE / 1000
    while not any(last in address for address in live.page.evaluate(kept)):
        assert time.monotonic() < deadline, "the worker keeps nothing"
        time.sleep(0.2)


def opening(live):
    return live.frame.evaluate(notebook_page.CELLS)[0]["source"]


def test_a_newer_edition_comes_by_itself_to_those_who_changed_nothing(page, address, rebuild):
    live = LiveNotebook(page, address, "00_start_here")
    assert CORRECTED not in opening(live)
    live.save()
    rebuild(1)
    page.reload()
    assert f"{CORRECTED} (1)" in opening(live)
    assert not page.locator("#newer").is_visible()
    wait_until_kept(live)
    page.context.set_offline(True)
    page.reload()
    assert f"{CORRECTED} (1)" in opening(live), "what the two builds share is kept too"
    page.context.set_offline(False)


def test_a_newer_edition_can_be_declined_and_taken_with_ones_answers(page, address, rebuild):
    live = LiveNotebook(page, address, "00_start_here")
    cell = live.cell("distance(v, w)")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ANSWER.format(RIGHT))
    live.save()

    rebuild(1)
    page.reload()
    page.locator("#keep").wait_for()
    page.screenshot(path=SCREENSHOTS / "live-newer.png")
    with page.expect_download() as mine:
        page.locator("#download").click()
    assert RIGHT in json.dumps(json.loads(mine.value.path().read_text(encoding="utf-8")))
    page.locator("#keep").click()
    assert CORRECTED not in opening(live)
    page.reload()
    assert CORRECTED not in opening(live), "it asks once for each edition"

    rebuild(2)
    page.reload()
    page.locator("#take").click()
    assert f"{CORRECTED} (2)" in opening(live)
    live.cell("distance(v, w)").locator(".cm-content", has_text=RIGHT).wait_for()
    page.locator("#taken-close").click()
    page.locator("#contents summary").click()
    with page.expect_download() as before:
        page.locator("#before-download").click()
    old = json.loads(before.value.path().read_text(encoding="utf-8"))
    assert CORRECTED not in json.dumps(old)
    page.reload()
    assert f"{CORRECTED} (2)" in opening(live)
    assert not page.locator("#newer").is_visible()
