"""From section to section, from cell to cell, and the list of contents that shows where one is."""

import json
import re

import pytest

from static_site import NAMES, ROOT

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
LONGEST = "read/01_linear_algebra.html"


@pytest.fixture(scope="module", params=SCREENS)
def page(request, visit):
    return visit(viewport=SCREENS[request.param])


def book(name):
    return json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))


def sections(name):
    """Return (cell, heading) of each section."""
    starts = (
        (cell["id"], re.match(r'<a id="[\w-]+"></a>\s*## (.+)', "".join(cell["source"])))
        for cell in book(name)["cells"]
    )
    return [(cell, start[1]) for cell, start in starts if start]


ALL = [(name, *section) for name in NAMES for section in sections(name)]


@pytest.mark.parametrize("name", NAMES)
def test_each_section_ends_with_the_ones_before_and_after(name, page, address):
    page.goto(f"{address}read/{name}.html")
    ways = page.locator(".way").evaluate_all(
        """ways => ways.map(way => [...way.querySelectorAll('a')]
            .map(a => [a.getAttribute('href'), a.innerText]))"""
    )
    here = [at for at, (chapter, *_) in enumerate(ALL) if chapter == name]
    assert len(ways) == len(here)
    for at, way in zip(here, ways, strict=True):
        expected = []
        for other, sign in ((at - 1, "← {}"), (at + 1, "{} →")):
            if not 0 <= other < len(ALL):
                continue
            chapter, cell, heading = ALL[other]
            title = "".join(book(chapter)["cells"][0]["source"]).splitlines()[0].lstrip("# ")
            expected.append(
                [f"#{cell}", sign.format(heading)]
                if chapter == name
                else [f"{chapter}.html#{cell}", sign.format(f"{title}: {heading}")]
            )
        assert way == expected


def test_through_all_sections_of_the_course_by_the_next_one_alone(page, address):
    page.goto(f"{address}read/{ALL[0][0]}.html#{ALL[0][1]}")
    for name, cell, _ in ALL[1:]:
        current = page.evaluate("location.hash.slice(1)")
        page.locator(f"#{current} ~ .way .on").first.click()
        page.wait_for_url(f"**/{name}.html#{cell}")
    assert page.locator(f"#{ALL[-1][1]} ~ .way .on").count() == 0


def current(page):
    return page.locator(".contents [aria-current]").evaluate_all(
        "all => all.map(a => a.hash.slice(1))"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_show_where_one_is_wherever_one_comes(name, page, address):
    page.goto(f"{address}read/{name}.html")
    for cell, _ in [*sections(name), *reversed(sections(name))]:
        page.evaluate("cell => { location.hash = cell; }", cell)
        page.wait_for_function(
            "cell => document.querySelector('.contents [aria-current]')?.hash === `#${cell}`",
            arg=cell,
        )
        assert current(page) == [cell]


def test_in_the_middle_of_a_section_the_contents_still_show_it(page, address):
    page.goto(f"{address}{LONGEST}#svd-23")
    page.wait_for_function(
        "() => document.querySelector('.contents [aria-current]')?.hash === '#svd-01'"
    )
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("() => !document.querySelector('.contents [aria-current]')")


def test_what_is_current_is_in_sight_in_the_list(visit, address):
    page = visit(viewport={"width": 1280, "height": 400})
    page.goto(f"{address}{LONGEST}#functions-01")
    page.wait_for_function(
        """() => {
            const here = document.querySelector('.contents [aria-current]');
            const box = here?.getBoundingClientRect();
            return here?.hash === '#functions-01' && box.top >= 0 && box.bottom <= innerHeight;
        }"""
    )


def test_on_a_phone_the_contents_are_folded_and_on_a_desktop_open(page, address):
    page.goto(address + LONGEST)
    folded = not page.locator(".contents details").evaluate("d => d.open")
    assert folded == (page.viewport_size["width"] < 1100)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_shows_its_address_and_tab_stops_at_those_of_sections_only(name, page, address):
    page.goto(f"{address}read/{name}.html")
    found = page.locator(".address").evaluate_all(
        """all => all.map(a => [
            a.getAttribute('href'), a.parentElement.id, a.tabIndex, a.ariaLabel,
        ])"""
    )
    cells = [cell["id"] for cell in book(name)["cells"]]
    starts = {cell for cell, _ in sections(name)}
    assert [cell for _, cell, *_ in found] == cells
    for href, cell, stop, label in found:
        assert href == f"#{cell}"
        assert (stop == 0) == (cell in starts)
        assert label == ("Address of this section" if cell in starts else "Address of this cell")


def test_the_address_of_a_cell_is_seen_when_the_cell_is_pointed_at_and_moves_nothing(page, address):
    page.goto(address + LONGEST)
    cell = page.locator("#svd-03")
    cell.scroll_into_view_if_needed()
    mark = cell.locator("> .address")
    assert not mark.is_visible()
    before = page.evaluate("document.documentElement.scrollHeight"), cell.bounding_box()["width"]
    cell.hover()
    assert mark.is_visible()
    assert mark.bounding_box()["x"] >= 0
    after = page.evaluate("document.documentElement.scrollHeight"), cell.bounding_box()["width"]
    assert after == before
    mark.click()
    assert page.evaluate("location.hash") == "#svd-03"


def test_arrow_keys_lead_from_the_address_of_a_section_to_those_of_its_cells(page, address):
    page.goto(address + LONGEST)
    page.locator("#svd-01 > .address").focus()
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.hash"))
        assert page.locator(":focus").is_visible()
    cells = [cell["id"] for cell in book(NAMES[1])["cells"]]
    at = cells.index("svd-01")
    assert seen == [f"#{cells[at + 1]}", f"#{cells[at + 2]}", f"#{cells[at + 1]}"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == seen[-1]
