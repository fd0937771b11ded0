"""The figure that moves on the front page, and the cards whose pictures show a result."""

import pytest

from moving import SCREENS

SENTENCES = """() => {
    window.said = new Set();
    const sentence = document.querySelector('.hero .sentence');
    said.add(sentence.textContent);
    new MutationObserver(() => said.add(sentence.textContent))
        .observe(sentence, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture(params=SCREENS)
def size(request):
    return SCREENS[request.param]


def test_it_moves_by_itself_once_and_comes_back_to_its_start(size, visit, address):
    page = visit(viewport=size)
    page.goto(f"{address}index.html", wait_until="domcontentloaded")
    control = page.locator(".hero input[type=range]").first
    start = control.evaluate("input => input.defaultValue")
    page.evaluate(SENTENCES)
    page.wait_for_function("() => said.size > 10")
    page.wait_for_function("() => !figureOf(document.querySelector('.hero .stage')).playing")
    assert control.input_value() == start
    assert page.locator(".hero [role=status]").text_content() == "", "nobody asked to hear it"
    page.wait_for_timeout(500)
    assert control.input_value() == start, "once"


def test_a_reader_who_touches_it_stops_it(size, visit, address):
    page = visit(viewport=size)
    page.goto(f"{address}index.html", wait_until="domcontentloaded")
    page.evaluate(SENTENCES)
    page.wait_for_function("() => said.size > 3")
    control = page.locator(".hero input[type=range]").first
    control.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    assert control.input_value() == control.get_attribute("max")


def test_it_waits_for_a_reader_who_wants_no_motion(size, visit, address):
    page = visit(viewport=size, reduced_motion="reduce")
    page.goto(f"{address}index.html", wait_until="domcontentloaded")
    page.evaluate(SENTENCES)
    page.wait_for_function("() => Object.keys(mlmathFrames).length === 1")
    page.wait_for_timeout(500)
    assert page.evaluate("said.size") == 1
    page.locator(".hero input[type=range]").first.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => said.size > 1")


def test_nothing_shifts_while_it_loads_and_plays(size, visit, address):
    page = visit(viewport=size)
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => shifted += e.value))
            .observe({type: 'layout-shift', buffered: true});"""
    )
    page.goto(f"{address}index.html")
    page.wait_for_timeout(3000)
    assert page.evaluate("shifted") < 0.02


def test_its_words_and_its_link_are_those_of_the_figure(size, visit, address):
    page = visit(viewport=size)
    page.goto(f"{address}index.html")
    assert page.locator(".hero .sentence").inner_text().startswith("A sends")
    assert page.locator(".cards img").count() == 5
    sources = page.locator(".cards img").evaluate_all("all => all.map(i => i.src)")
    assert len(set(sources)) == 5
    assert all("-face-" in source for source in sources)
