"""The reading pages on paper: folds as the reader chose, links spelled out, nothing cut."""

import pytest

from static_site import NAMES

READING = [f"read/{name}.html" for name in NAMES]
PAPER = {"width": 665, "height": 972}  # A4 without its margins, in CSS pixels
CONTROLS = ".contents, .bar nav, .live, .control, .more, .guess, footer nav, .skip"
# Code, outputs and tables may break; what is set as one piece has to fit.
TOO_WIDE = """() => {
    const right = document.querySelector("main").getBoundingClientRect().right + 1;
    const pieces = document.querySelectorAll("main :is(img, math, pre, table, p, li, summary, h2)");
    return [...pieces].filter(piece => piece.checkVisibility())
        .map(piece => [piece.getBoundingClientRect().right - right, piece.textContent || piece.alt])
        .filter(([over]) => over > 0)
        .map(([over, words]) => `${Math.round(over)} px: ${words.slice(0, 120)}`);
}"""


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def any_page(request, visit):
    return visit(viewport=PAPER, java_script_enabled=request.param)


@pytest.fixture(scope="module")
def page(visit):
    return visit(viewport=PAPER, color_scheme="dark")


def test_the_reader_chooses_whether_folds_are_printed_open(any_page, address):
    any_page.goto(address + READING[1])
    choice = any_page.get_by_label("Print with hints, solutions and all folds open")
    assert not choice.is_checked()
    any_page.emulate_media(media="print")
    solution = any_page.locator(".answers pre").first
    folded = any_page.locator(".prediction details p").first
    assert not solution.is_visible()
    assert not any_page.locator(".answers summary").first.is_visible(), "a sheet to write on"
    assert not folded.is_visible()
    any_page.emulate_media(media="screen")
    choice.check()
    assert not solution.is_visible(), "the choice is for paper"
    any_page.emulate_media(media="print")
    closed = any_page.locator("main details > :not(summary)").evaluate_all(
        "all => all.filter(e => !e.checkVisibility()).length"
    )
    assert closed == 0
    any_page.emulate_media(media="screen")


def test_where_the_style_cannot_open_folds_they_are_opened_and_closed_again(page, address):
    page.goto(address + READING[1])
    page.evaluate("CSS.supports = () => false")
    page.get_by_label("Print with").check()
    closed = page.locator("main details:not([open])").count()
    named = page.locator("main details[name]").count()
    assert closed
    assert named
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() == closed
    assert page.locator("main details[name]").count() == named


@pytest.mark.parametrize("name", READING)
def test_nothing_is_cut_at_the_edge_of_the_paper(name, page, address):
    page.goto(address + name)
    page.locator("#unfold").check()
    page.emulate_media(media="print")
    assert page.evaluate(TOO_WIDE) == []
    high = page.locator("main figure").evaluate_all(
        "all => Math.max(...all.map(figure => figure.getBoundingClientRect().height))"
    )
    assert high < PAPER["height"], "a picture and its sentence fit on one page"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("name", READING)
def test_what_leads_or_moves_is_left_out(name, page, address):
    page.goto(address + name)
    page.emulate_media(media="print")
    seen = page.locator(CONTROLS).evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    assert seen == 0
    page.emulate_media(media="screen")


def test_the_paper_is_white_though_the_screen_is_dark(page, address):
    page.goto(address + READING[1])
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")


def test_links_that_lead_out_of_the_course_are_spelled_out_and_others_are_not(page, address):
    found = []
    for name in READING:
        page.goto(address + name)
        page.emulate_media(media="print")
        found += page.locator("main .text a[href]").evaluate_all(
            """all => all.map(link => [
                link.getAttribute("href"), getComputedStyle(link, "::after").content,
            ])"""
        )
        page.emulate_media(media="screen")
    out = {href: content for href, content in found if href.startswith("http")}
    assert out
    for href, content in out.items():
        assert content.replace('"', "").replace(" ", "") == f"({href})"
    assert {content for href, content in found if href not in out} == {"none"}
