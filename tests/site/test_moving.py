"""Figures on the reading pages, moved by thumb and by keyboard, with frames and without."""

import base64
import gzip
import io
import json
import re
import statistics

import numpy as np
import pytest
from PIL import Image

import crops
import drawings
import figures
import frames
from moving import ALL, SCREENS, OnPage
from static_site import NAMES, SCREENSHOTS, SITE

SOME = ["linear_map", "coverage", "odds"]  # two panels, two controls, one panel
READING = [f"read/{name}.html" for name in NAMES]
STILL = "could not be fetched"


@pytest.fixture(params=SCREENS)
def screen(request, visit):
    return visit(viewport=SCREENS[request.param])


def as_drawn(task, width, n_words):
    """Return each state's picture on paper of this width in CSS pixels, and its sentence."""
    for choose in (figures.chosen, figures.fewest):
        explorer, played = figures.made(task, width / 100)
        controls = figures.page_controls(explorer, played, choose)
        if [len(control.stops) for control in controls] == n_words:
            break
    seen = []
    for state in figures.states(controls):
        for name, value in state.items():
            explorer.controls[name].value = value
        seen.append((frames.pixels(explorer.png), explorer.sentence))
    return seen


# --- What is seen -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOME)
def test_every_frame_is_what_the_figure_draws_at_these_values(name, screen, address):
    figure = OnPage(screen, address, name)
    n_words = [len(words) for words in figure.words()]
    task, boxes, width = ALL[name], None, 800
    if screen.viewport_size == SCREENS["phone"]:
        frugal = n_words != [len(control.stops) for control in drawings.Drawing(task).controls]
        wide = drawings.Drawing(task, frugal=frugal)
        narrow, boxes = drawings.for_narrow(task, wide, frugal=frugal)
        width = round(narrow.still.shape[1] / drawings.SHARPNESS)
    seen = as_drawn(task, width, n_words)
    for number in range(n_words[0]):  # the second control stays at its start
        figure.set(number)
        at = figure.figure.evaluate("figure => figureOf(figure).shown")
        drawn, sentence = seen[at]
        shown = frames.pixels(base64.b64decode(figure.pixels()))
        expected = crops.stacked(drawn, boxes) if boxes else drawn
        assert shown.shape == expected.shape
        assert (shown == expected).all(), f"state {at}"
        assert figure.sentence() == sentence


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_moves_over_its_whole_range_and_says_what_it_shows(name, visit, address):
    """To both ends, with caption, alt text, and the words of the control."""
    page = visit(viewport=SCREENS["phone"], has_touch=True)
    for task in (task for task in ALL.values() if task.stem == name):
        figure = OnPage(page, address, task.name)
        words, seen = figure.words()[0], set()
        explorer, _ = figures.made(task)
        labels = {control.description for control in explorer.controls.values()}
        for stop in (0, len(words) - 1):
            figure.set(stop)
            sentence = figure.sentence()
            seen.add((sentence, figure.pixels()))
            assert figure.control.get_attribute("aria-valuetext") == words[stop]
            assert figure.figure.locator("img").get_attribute("alt") == sentence
        assert len(seen) == 2, f"{task.name}: both ends are alike"
        label = figure.figure.locator("label").first.inner_text()
        assert label in labels


@pytest.mark.parametrize("name", NAMES)
def test_words_in_a_picture_are_nine_pixels_high_on_a_phone(name, visit, address):
    page = visit(viewport=SCREENS["phone"])
    page.goto(f"{address}read/{name}.html")
    for task in (task for task in ALL.values() if task.stem == name):
        figure = OnPage(page, address, task.name)
        image = figure.figure.locator("img")
        page.wait_for_function("i => i.naturalWidth > 0", arg=image.element_handle())
        scale = image.evaluate("i => i.clientWidth / i.naturalWidth") * drawings.SHARPNESS
        explorer, _ = figures.made(task)
        texts = explorer.figure.findobj(drawings.Text)
        smallest = min(text.get_fontsize() for text in texts if text.get_text().strip())
        assert smallest * drawings.POINT * scale >= 9, task.name


def test_the_control_of_a_picture_higher_than_the_screen_is_in_reach(visit, address):
    page = visit(viewport=SCREENS["phone"], has_touch=True, is_mobile=True)
    figure = OnPage(page, address, "attention")
    assert figure.figure.bounding_box()["height"] > SCREENS["phone"]["height"]
    figure.figure.evaluate("figure => figure.scrollIntoView({block: 'start'})")
    assert figure.figure.locator("img").bounding_box()["y"] >= 0
    box = figure.control.bounding_box()
    assert box["y"] + box["height"] <= SCREENS["phone"]["height"]


def test_long_words_of_a_control_move_nothing(visit, address):
    figure = OnPage(visit(viewport=SCREENS["phone"]), address, "residual_plots")
    heights = set()
    for stop in range(len(figure.words()[0])):
        figure.set(stop)
        heights.add(figure.figure.bounding_box()["height"])
    assert len(heights) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_named_in_a_few_words(name, visit, address):
    """Else a screen reader takes all that stands in its caption for its name, buttons included."""
    page = visit()
    page.goto(f"{address}read/{name}.html")
    for task in (task for task in ALL.values() if task.stem == name):
        figure = page.get_by_role("figure", name=task.name.replace("_", " "), exact=True)
        assert figure.count() == 1, task.name


# --- How it is moved ----------------------------------------------------------------------------


def test_a_figure_is_moved_by_thumb(visit, address):
    page = visit(viewport=SCREENS["phone"], has_touch=True, is_mobile=True)
    figure = OnPage(page, address, "svd_steps")
    figure.control.evaluate("input => input.scrollIntoView({block: 'center'})")
    before = figure.sentence(), figure.pixels()
    box = figure.control.bounding_box()
    middle = box["y"] + box["height"] / 2
    at = float(figure.control.input_value()) / float(figure.control.get_attribute("max"))
    thumb = box["x"] + 8 + at * (box["width"] - 16)
    to = box["x"] + (1 - at if abs(at - 0.5) > 0.2 else 0.9) * box["width"]
    touch = page.context.new_cdp_session(page)

    def send(kind, *points):
        points = [{"x": x, "y": middle} for x in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", thumb)
    for step in range(1, 11):
        send("touchMove", thumb + (to - thumb) * step / 10)
        page.wait_for_timeout(16)
    send("touchEnd")
    figure.settle()
    after = figure.sentence(), figure.pixels()
    assert before[0] != after[0]
    assert before[1] != after[1]
    page.screenshot(path=SCREENSHOTS / "moved-by-thumb.png")


def test_a_figure_is_moved_by_keyboard_and_heard_when_it_rests(screen, address):
    figure = OnPage(screen, address, "svd_steps")
    figure.control.focus()
    heard = figure.figure.locator("[role=status]")
    for _ in range(3):
        screen.keyboard.press("ArrowRight")
        figure.settle()
    assert heard.inner_text() == "", "not while it moves"
    screen.keyboard.press("End")
    figure.settle()
    sentence = figure.sentence()
    screen.wait_for_function("h => h.textContent !== ''", arg=heard.element_handle())
    assert heard.inner_text() == sentence
    style = figure.control.evaluate("i => getComputedStyle(i).outlineWidth")
    assert float(style.removesuffix("px")) >= 3


def test_two_figures_are_moved_at_once(screen, address):
    one, other = (OnPage(screen, address, name) for name in ("svd_steps", "linear_map"))
    for figure in (one, other):
        figure.control.evaluate(
            """input => {
                input.value = input.value === input.max ? 0 : input.max;
                input.dispatchEvent(new Event('input', {bubbles: true}));
            }"""
        )
    for figure in (one, other):
        before = figure.figure.locator(".sentence").text_content()
        figure.settle()
        assert figure.sentence()
        assert figure.figure.locator("canvas").count() == 1, before


def test_whoever_drags_faster_than_frames_arrive_sees_where_they_stopped(screen, address):
    figure = OnPage(screen, address, "coverage")
    figure.control.evaluate(
        """input => {
            for (let stop = 0; stop <= +input.max; stop++) {
                input.value = stop;
                input.dispatchEvent(new Event('input', {bubbles: true}));
            }
        }"""
    )
    figure.settle()
    last = figure.sentence()
    figure.set(0)
    assert figure.sentence() != last
    figure.set(int(figure.control.get_attribute("max")))
    assert figure.sentence() == last


def test_a_screen_that_turns_keeps_the_state(visit, address):
    page = visit(viewport=SCREENS["desktop"])
    figure = OnPage(page, address, "odds")
    figure.set(0)
    sentence, wide = figure.sentence(), figure.pixels()
    page.set_viewport_size(SCREENS["phone"])
    page.wait_for_function(
        "f => figureOf(f).image.currentSrc.includes('-narrow')", arg=figure.figure.element_handle()
    )
    page.wait_for_timeout(500)
    figure.settle()
    assert figure.sentence() == sentence
    narrow = Image.open(io.BytesIO(base64.b64decode(figure.pixels())))
    start = Image.open(SITE / _source(figure, "source", "srcset")).convert("RGB")
    assert narrow.size == start.size
    assert (np.asarray(narrow.convert("RGB")) != np.asarray(start)).any()
    page.set_viewport_size(SCREENS["desktop"])
    page.wait_for_timeout(500)
    figure.settle()
    assert figure.pixels() == wide


def _source(figure, tag, name):
    return figure.figure.locator(tag).get_attribute(name).removeprefix("../")


def test_nothing_on_the_page_moves_with_a_figure(screen, address):
    figure = OnPage(screen, address, "svd_steps")
    screen.wait_for_timeout(1000)  # what is loaded above it has come
    screen.evaluate(
        """() => {
            window.shifted = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => shifted += e.value))
                .observe({type: 'layout-shift'});
        }"""
    )
    height = "document.documentElement.scrollHeight"
    before = screen.evaluate(height)
    for stop in range(0, int(figure.control.get_attribute("max")) + 1, 3):
        figure.set(stop)
        assert screen.evaluate(height) == before
    assert screen.evaluate("shifted") < 0.005


def test_each_change_is_seen_and_how_soon_is_reported(visit, address):
    """In milliseconds on loopback, for whoever asks for the report (-s): it is no limit."""
    page = visit(viewport=SCREENS["desktop"])
    page.goto(f"{address}read/{NAMES[1]}.html")
    first, later = [], []
    for name in ["linear_map", "svd_steps", "pca_direction", "dot_product", "eigenvectors"]:
        figure = OnPage(page, address, name)
        page.wait_for_timeout(300)
        times = figure.control.evaluate(
            """async input => {
                const moving = figureOf(input), times = [], n = +input.value ? -1 : 1;
                for (let step = 1; step <= 4; step++) {
                    const began = performance.now();
                    if (step === 1) input.dispatchEvent(new Event('pointerdown', {bubbles: true}));
                    input.value = +input.value + n;
                    input.dispatchEvent(new Event('input', {bubbles: true}));
                    const wanted = moving.wanted;
                    while (moving.shown !== wanted) await new Promise(r => setTimeout(r));
                    times.push(performance.now() - began);
                    await new Promise(resolve => setTimeout(resolve, 400));
                }
                return times;
            }"""
        )
        first.append(times[0])
        later.append(min(times[1:]))
        assert len(times) == 4, "each has come"
    print(
        f"\nfirst changes after {statistics.median(first):.0f} ms, "
        f"later ones after {statistics.median(later):.0f} ms"
    )


# --- What can be missing ------------------------------------------------------------------------


def test_without_its_frames_a_figure_stands_and_says_so_and_asks_again(screen, address):
    figure = OnPage(screen, address, "coverage")
    sentence, still, start = figure.sentence(), figure.pixels(), figure.control.input_value()
    screen.route("**/frames/**", lambda route: route.fulfill(status=404, body="none"))
    figure.control.focus()
    screen.keyboard.press("ArrowRight")
    trouble = figure.figure.locator(".trouble", has_text=STILL)
    trouble.wait_for()
    assert (figure.sentence(), figure.pixels()) == (sentence, still)
    assert figure.control.input_value() == start, "the control says what is seen"
    screen.unroute("**/frames/**")
    screen.keyboard.press("ArrowRight")
    trouble.wait_for(state="detached")
    figure.settle()
    assert figure.sentence() != sentence


@pytest.fixture
def unscripted(visit, request):
    return visit(viewport=SCREENS["phone"], java_script_enabled=False)


def test_without_javascript_the_stills_and_the_answers_are_there(unscripted, address):
    page, name = unscripted, NAMES[1]
    page.goto(f"{address}read/{name}.html")
    assert page.locator(".control").count() > 0
    assert not any(each.is_visible() for each in page.locator(".control, .enlarge").all())
    figure = page.locator("figure.moving").first
    assert figure.locator("img").is_visible()
    assert figure.locator(".sentence").is_visible()
    choice = page.locator(".prediction details").first
    choice.locator("summary").click()
    assert choice.locator("p").is_visible()
    fold = page.locator("details:has(.stills)").first
    fold.locator("summary").click()
    assert fold.locator(".stills img").first.is_visible()


def test_print_shows_the_states_worth_seeing_and_no_controls(screen, address):
    screen.goto(f"{address}read/{NAMES[1]}.html")
    screen.emulate_media(media="print")
    stills = screen.locator(".stills img")
    assert stills.count() > 0
    assert all(each.is_visible() for each in stills.all()), "the style opens their folds"
    assert not any(each.is_visible() for each in screen.locator(".control, .more").all())
    screen.emulate_media(media="screen")
    assert not stills.first.is_visible()


def test_a_page_asks_for_no_frames_until_it_is_touched(screen, address):
    asked = []
    screen.on("request", lambda request: asked.append(request.url))
    figure = OnPage(screen, address, "svd_steps")
    for number in range(0, 6000, 800):
        screen.mouse.wheel(0, number)
    screen.wait_for_timeout(500)
    assert not [url for url in asked if "/frames/" in url]
    figure.control.focus()
    screen.wait_for_timeout(500)
    assert len([url for url in asked if "/frames/" in url]) == 1


def test_a_page_that_was_saved_moves_too(visit, address):
    page = visit(viewport=SCREENS["desktop"])
    figure = OnPage(page, f"{SITE.as_uri()}/", "svd_steps")
    before = figure.sentence()
    figure.set(0)
    figure.set(int(figure.control.get_attribute("max")))
    assert figure.sentence() != before
    assert figure.figure.locator("canvas").count() == 1


def test_frames_are_kept_for_a_reader_without_a_network(browser, address, net):
    """Once a page was opened under the site's worker; and not when the worker begins."""
    context = browser.new_context(**net.around(address), viewport=SCREENS["phone"])
    page = context.new_page()
    page.goto(f"{address}index.html")
    kept = """async () => (await (await caches.open('mlmath')).keys())
        .map(request => request.url).filter(url => url.includes('/frames/'))"""
    page.evaluate(
        """async () => {
            await navigator.serviceWorker.register('service-worker.js');
            await navigator.serviceWorker.ready;
        }"""
    )
    assert page.evaluate(kept) == []
    name = ALL["coverage"].stem
    page.goto(f"{address}read/{name}.html")
    expected = len(list((SITE / "frames" / name).iterdir()))
    page.wait_for_function(f"async () => (await ({kept})()).length >= {expected}", polling=200)
    context.set_offline(True)
    page.reload()
    figure = OnPage(page, address, "coverage")
    before = figure.sentence()
    figure.set(0 if figure.control.input_value() != "0" else 1)
    assert figure.sentence() != before
    context.close()


# --- Enlarged -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["tap", "keyboard"])
def test_a_picture_is_enlarged_as_it_is_and_closed_again(way, visit, address):
    page = visit(viewport=SCREENS["phone"], has_touch=True)
    figure = OnPage(page, address, "linear_map")
    figure.set(0)
    dialog, button = page.locator("dialog:not(.search)"), figure.figure.locator(".enlarge")
    if way == "tap":
        figure.figure.locator(".stage").tap()
    else:
        button.focus()
        page.keyboard.press("Enter")
    assert dialog.is_visible()
    canvas = dialog.locator("canvas")
    assert canvas.evaluate("c => c.toDataURL().split(',')[1]") == figure.pixels()
    width, natural = canvas.evaluate("c => [c.clientWidth, c.width]")
    assert width >= natural, "at its natural size"
    assert canvas.get_attribute("aria-label") == figure.sentence()
    assert dialog.locator(".scroll").evaluate("s => s.scrollWidth > s.clientWidth"), "it scrolls"
    page.screenshot(path=SCREENSHOTS / f"enlarged-{way}.png")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    if way == "keyboard":
        assert button.evaluate("b => b === document.activeElement")


# --- Sizes --------------------------------------------------------------------------------------


def test_frames_are_small():
    """As a host sends them, gzipped; and as they lie in the folder."""
    found = sorted((SITE / "frames").rglob("*.js"))
    plain = [path.stat().st_size / 1000 for path in found]
    sent = [len(gzip.compress(path.read_bytes())) / 1000 for path in found]
    print(
        f"\n{len(found)} files of frames, kB: median {statistics.median(plain):.0f}, most "
        f"{max(plain):.0f}; gzipped {statistics.median(sent):.0f} and {max(sent):.0f}"
    )
    assert statistics.median(plain) <= 300
    assert max(sent) <= 700
    assert sum(size > 700 for size in plain) <= 1, "a photograph"


def test_each_file_of_frames_has_a_state_for_each_pair_of_stops():
    for page in READING:
        text = (SITE / page).read_text(encoding="utf-8")
        for figure in re.findall(r'<figure class="moving".*?</figure>', text, re.S):
            stops = [int(last) + 1 for last in re.findall(r'<input[^>]* max="(\d+)"', figure)]
            assert 1 <= len(stops) <= 2
            for address in re.findall(r'data-frames="../([^"]+)"', figure):
                content = (SITE / address).read_text(encoding="utf-8")
                held = json.loads(content[content.index("= ") + 2 :].rstrip(";\n"))
                assert len(held["sentences"]) == len(held["patches"]) == np.prod(stops)
                assert all(held["sentences"])
