"""A picture is taken hold of in JupyterLab: by mouse, finger, keyboard and ear; and foretold."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import Lab, NotebookPage

CHAPTER, FIGURE = "01_linear_algebra", "explorers.linear_combination()"


@pytest.fixture(scope="module")
def notebook(browser, tmp_path_factory):
    """Open a chapter in a JupyterLab of its own, so that the others begin with a fresh kernel."""
    lab = Lab(tmp_path_factory.mktemp("handles"))
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, has_touch=True)
    try:
        notebook = NotebookPage(context.new_page(), lab.start(), CHAPTER)
        notebook.wait_until_ready()
        yield notebook
    finally:
        context.close()
        lab.stop()


def run(notebook, cell_id):
    """Run a cell, and wait until it is done."""
    cell = notebook.bring(cell_id)
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+Enter")
    notebook.page.wait_for_function(
        """id => {
            const { widgets } = jupyterapp.shell.currentWidget.content;
            const { model, node } = widgets.find(cell => cell.model.id === id);
            return model.executionCount && !node.innerText.includes('[*]');
        }""",
        arg=cell_id,
    )
    return cell


def cell_with(notebook, text):
    return next(cell.id for cell in notebook.stored().cells if text in cell.source)


class Figure:
    """The figure of two motors, run once for all tests but the last, which runs it again."""

    def __init__(self, notebook):
        self.page = notebook.page
        run(notebook, cell_with(notebook, "from mlmath_helpers"))
        cell = run(notebook, cell_with(notebook, FIGURE))
        self.box = cell.locator(".mlmath-explorer")
        self.caption, self.heard = (
            self.box.locator(".mlmath-caption"),
            self.box.locator("[role=status]"),
        )
        self.page.wait_for_timeout(300)
        self.handle("pen on the page").scroll_into_view_if_needed()

    def handle(self, name):
        return self.box.get_by_role("slider", name=name, exact=True)

    def middle(self, handle):
        box = handle.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def wait_for_words(self, words):
        self.box.locator(".mlmath-caption", has_text=words).wait_for()

    def wait_for_rest(self):
        """Wait until nothing moves any more, which is when the sentence is read out."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(
            "([heard, caption]) => heard.textContent === caption.textContent",
            arg=[self.heard.element_handle(), self.caption.element_handle()],
        )


@pytest.fixture(scope="module")
def shown(notebook):
    return Figure(notebook)


@pytest.fixture
def figure(shown):
    """Set the figure back to its start."""
    shown.box.get_by_role("button", name="reset").click()
    shown.wait_for_words("At 70° v and w span the plane: only a = 1.0, b = 0.5")
    shown.page.wait_for_timeout(1000)  # until it has been read out, if it was another
    return shown


def test_the_mouse_takes_the_pen_and_the_sliders_follow(figure):
    pen, page = figure.handle("pen on the page"), figure.page
    before = figure.caption.inner_text()
    (x, y), sliders = figure.middle(pen), figure.box.locator(".noUi-handle")
    page.mouse.move(x + 5, y - 3)  # not quite in its middle
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + 5 - 6 * step, y - 3 + 2 * step)
        page.wait_for_timeout(30)
    page.mouse.up()
    figure.wait_for_rest()
    assert figure.middle(pen) == pytest.approx((x - 60, y + 20), abs=4), "it stays under the hand"
    assert figure.caption.inner_text() != before
    told = [float(sliders.nth(i).get_attribute("aria-valuetext")) for i in (0, 1)]
    assert f"a = {told[0]:.1f}, b = {told[1]:.1f}".replace("-", "−") in figure.caption.inner_text()
    assert figure.box.locator("img").get_attribute("alt") == figure.caption.inner_text()
    page.mouse.move(x, y)  # it was let go
    page.wait_for_timeout(300)
    assert figure.middle(pen) == pytest.approx((x - 60, y + 20), abs=4)


def test_pulled_off_the_window_it_stays_in_the_picture(figure):
    pen, page = figure.handle("pen on the page"), figure.page
    page.mouse.move(*figure.middle(pen))
    page.mouse.down()
    page.mouse.move(-500, 5000)
    page.mouse.up()
    figure.wait_for_rest()
    x, y = figure.middle(pen)
    picture = figure.box.locator("img").bounding_box()
    assert picture["x"] < x < picture["x"] + picture["width"]
    assert picture["y"] < y < picture["y"] + picture["height"]
    assert "put the pen at" in figure.caption.inner_text()


def test_a_finger_takes_the_pen_and_a_second_one_takes_nothing_else(figure):
    pen, tip = figure.handle("pen on the page"), figure.handle("tip of w")
    touch = figure.page.context.new_cdp_session(figure.page)
    (x, y), (other_x, other_y) = figure.middle(pen), figure.middle(tip)
    angle = tip.get_attribute("aria-valuetext")

    def send(kind, *points):
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", (x, y))
    send("touchStart", (x, y), (other_x, other_y))
    for step in range(1, 9):
        send("touchMove", (x - 6 * step, y), (other_x, other_y + 6 * step))
        figure.page.wait_for_timeout(30)
    send("touchEnd")
    figure.wait_for_rest()
    assert figure.middle(pen)[0] == pytest.approx(x - 48, abs=4)
    assert tip.get_attribute("aria-valuetext") == angle


def test_the_keyboard_reaches_a_handle_moves_it_and_leaves_it(figure):
    page = figure.page
    figure.box.get_by_role("button", name="reset").focus()
    for name in ("settings", "pen on the page", "tip of w"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    tip = figure.handle("tip of w")
    for key, words in (("ArrowRight", "69"), ("ArrowLeft", "70"), ("ArrowLeft", "71")):
        page.keyboard.press(key)
        figure.box.locator(f".mlmath-handle[aria-valuetext$='(degrees): {words}']").wait_for()
    page.keyboard.press("Shift+ArrowRight")
    figure.wait_for_rest()
    assert int(tip.get_attribute("aria-valuetext").split()[-1]) < 60
    cell = "jupyterapp.shell.currentWidget.content.activeCell.model.id"
    active = page.evaluate(cell)
    page.keyboard.press("ArrowDown")
    figure.wait_for_rest()
    assert page.evaluate(cell) == active, "the arrows are the handle's"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.activeElement.classList.contains('mlmath-handle')")


def test_the_sentence_is_read_out_once_it_rests(figure):
    spoken = """region => {
        window.spoken = [];
        const note = () => spoken.push(region.textContent);
        new MutationObserver(note).observe(region, { childList: true, characterData: true });
    }"""
    figure.heard.evaluate(spoken)
    pen, page = figure.handle("pen on the page"), figure.page
    x, y = figure.middle(pen)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 21):
        page.mouse.move(x - 3 * step, y)
        page.wait_for_timeout(40)
    page.mouse.up()
    figure.wait_for_rest()
    spoken = page.evaluate("window.spoken")
    assert spoken[-1] == figure.caption.inner_text()
    assert len(spoken) <= 2, "not at every step"


def test_a_slider_that_was_dragged_long_leaves_no_backlog(figure):
    page, picture = figure.page, figure.box.locator("img")
    slider = figure.box.locator(".noUi-handle").first
    picture.evaluate(
        """picture => {
            window.pictures = 0;
            const count = () => { pictures += 1; };
            new MutationObserver(count).observe(picture, { attributeFilter: ['src'] });
        }"""
    )
    x, y = figure.middle(slider)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(200):
        page.mouse.move(x + 60 * (step % 2), y)
    page.mouse.up()
    steps = page.evaluate("pictures")
    figure.wait_for_rest()
    assert page.evaluate("pictures") - steps <= 3, "the newest waits, and no others"


def test_the_call_of_the_present_state_is_copied(figure):
    figure.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure.handle("tip of w").focus()
    figure.page.keyboard.press("ArrowRight")
    figure.box.locator(".mlmath-handle[aria-valuetext$='(degrees): 69']").wait_for()
    figure.box.get_by_role("button", name="copy this state").click()
    call = "explorers.linear_combination(angle=69)"
    assert figure.box.locator(".mlmath-call").inner_text() == call
    assert figure.page.evaluate("navigator.clipboard.readText()") == call


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_on_a_live_figure(figure, theme):
    change = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    try:
        figure.page.evaluate(change, theme)
        light = json.dumps(theme.endswith("Light"))
        figure.page.wait_for_function(f"document.body.dataset.jpThemeLight === '{light}'")
        figure.handle("tip of w").focus()
        found = Axe().run(figure.page, context=".mlmath-explorer")
        assert found.response["violations"] == [], found.generate_report()
        figure.page.screenshot(path=f"tests/browser/screenshots/handles-{theme[11:]}.png")
    finally:
        figure.page.evaluate(change, "JupyterLab Light")
        figure.page.wait_for_function("document.body.dataset.jpThemeLight === 'true'")


def test_a_slider_keeps_its_length_where_its_label_would_leave_it_none(figure):
    sliders = figure.box.locator(".slider-container")
    figure.box.evaluate("box => { box.style.width = '350px'; }")
    try:
        assert min(each.bounding_box()["width"] for each in sliders.all()) > 200
        for label in figure.box.locator(".widget-inline-hbox .widget-label").all():
            assert label.evaluate("label => label.scrollWidth <= label.clientWidth"), "cut off"
    finally:
        figure.box.evaluate("box => { box.style.width = ''; }")


def test_a_question_before_the_figure_is_answered_by_keyboard_and_by_mouse(shown, notebook):
    cell = run(notebook, cell_with(notebook, 'predict("pairs_to_a_point")'))
    question = cell.get_by_role("group", name="how many pairs (a, b)")
    told = question.get_by_role("status")
    wrong, right = (question.get_by_role("button", name=name) for name in ("one, as", "endlessly"))
    wrong.focus()
    notebook.page.keyboard.press("Enter")
    told.get_by_text("The figure will say otherwise. One pair it was").wait_for()
    assert wrong.get_attribute("aria-pressed") == "true"
    found = Axe().run(notebook.page, context=".mlmath-prediction")
    assert found.response["violations"] == [], found.generate_report()
    notebook.page.screenshot(path="tests/browser/screenshots/question.png")
    right.click()
    told.get_by_text("The figure will agree. One more of v is undone").wait_for()
    assert [b.get_attribute("aria-pressed") for b in (wrong, right)] == ["false", "true"]


def test_what_a_restarted_kernel_cannot_answer_is_said_and_the_picture_stays(figure, notebook):
    source = figure.box.locator("img").get_attribute("src")
    figure.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    notebook.page.locator("#jp-main-statusbar", has_text="(ipykernel) | Idle").wait_for()
    figure.page.wait_for_timeout(500)
    figure.handle("tip of w").focus()
    figure.page.keyboard.press("ArrowRight")
    figure.wait_for_words("Python has not answered yet")
    assert figure.box.locator("img").get_attribute("src") == source
    again = Figure(notebook)
    again.handle("tip of w").focus()
    again.page.keyboard.press("ArrowRight")
    again.wait_for_words("At 69°")


def test_the_buttons_of_a_figure_that_plays_are_named(notebook):  # last: its cell is far below
    cell = run(notebook, cell_with(notebook, "explorers.eigenvectors()"))
    for name in ("play or pause", "stop", "play again and again"):
        cell.get_by_role("button", name=name, exact=True).wait_for()
    found = Axe().run(notebook.page, context=".mlmath-explorer")
    assert found.response["violations"] == [], found.generate_report()
