"""The page of terms and formulas, as a reader with a desktop or a phone meets it."""

import pathlib

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from static_site import NAMES, ROOT, SCREENSHOTS
from terms import terms

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}
PAGE = "read/terms.html"
PLACE = pathlib.Path(ROOT) / "notebooks"
TERMS = terms({name: nbformat.read(PLACE / f"{name}.ipynb", as_version=4) for name in NAMES})


@pytest.fixture(scope="module", params=[(s, c) for s in SCREENS for c in ("light", "dark")])
def page(request, visit, address):
    screen, colours = request.param
    page = visit(viewport=SCREENS[screen], color_scheme=colours)
    page.look = f"{screen}-{colours}"
    page.goto(address + PAGE)
    return page


def test_each_term_stands_there_once_with_its_chapter_and_section(page):
    found = page.locator(".of-a-letter li").evaluate_all(
        "all => all.map(li => ['a', 'span'].map(part => li.querySelector(part).innerText))"
    )
    assert [name for name, _ in found] == [term.name for term in TERMS]
    assert all(where.endswith(term.heading) for (_, where), term in zip(found, TERMS, strict=True))


def test_each_formula_stands_there_with_its_term(page):
    rows = page.locator(".formulas > div")
    names = rows.evaluate_all("all => all.map(row => row.querySelector('dt').innerText)")
    assert names == [term.name for term in TERMS if term.formula]
    assert rows.locator("math").count() == len(names)


def test_it_fits_its_screen_and_axe_finds_nothing(page):
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.screenshot(path=SCREENSHOTS / f"terms-{page.look}.png")


def test_text_twice_as_large_fits_the_screen(visit, address):
    page = visit(viewport=SCREENS["phone"])
    page.goto(address + PAGE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_bar_shows_that_one_is_here(page):
    here = page.locator(".bar [aria-current]")
    assert here.inner_text() == "Terms"
    box, row = here.bounding_box(), page.locator(".bar nav").bounding_box()
    assert box["x"] + box["width"] <= row["x"] + row["width"] + 1


@pytest.mark.parametrize("name", NAMES[1:])
def test_each_term_leads_to_a_cell_that_has_it_in_bold(name, visit, address):
    page = visit()
    page.goto(f"{address}read/{name}.html")
    bold = page.locator("main > .text").evaluate_all(
        """cells => Object.fromEntries(cells.map(cell => [
            cell.id,
            [...cell.querySelectorAll('strong')].map(e => e.textContent.replace(/\\s+/g, ' ')),
        ]))"""
    )
    for term in TERMS:
        if term.stem == name:
            assert term.name in bold[term.cell]


def test_a_letter_and_a_term_are_gone_to(visit, address):
    page = visit()
    page.goto(address + PAGE)
    page.locator(".letters a", has_text="S").click()
    assert page.evaluate(
        "document.getElementById('S').getBoundingClientRect().top < innerHeight / 5"
    )
    page.locator(".of-a-letter a", has_text="singular value decomposition").click()
    page.wait_for_url("**/01_linear_algebra.html#svd-01")
