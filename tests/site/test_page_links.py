"""Links of the reading pages, clicked: where their headings land, by mouse and by keyboard."""

import json
import re
import time

import pytest

from static_site import NAMES, ROOT

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
READING = [f"read/{name}.html" for name in NAMES]
PAGES = ["index.html", *READING]
LAST = NAMES[-1]
# kind of link: the page it stands on, its selector, and the heading it leads to
KINDS = {
    "contents": ("read/01_linear_algebra.html", ".contents a[href='#svd-01']", "9. Singular"),
    "same page": ("read/01_linear_algebra.html", "main td a[href='#functions-01']", "13. Beyond"),
    "back to an earlier section": (
        "read/01_linear_algebra.html",
        "#pca-01 ~ * a[href='#svd-01']",
        "9. Singular",
    ),
    "section of another chapter": (
        "read/02_calculus.html",
        "main a[href='01_linear_algebra.html#eigenvectors-01']",
        "7. Eigenvalues",
    ),
    "top of another chapter": (
        "read/00_start_here.html",
        "main td a[href='04_statistics.html']",
        "Statistics",
    ),
    "bar": ("read/01_linear_algebra.html", ".bar a[href='05_information_theory.html']", "Infor"),
    "next chapter": ("read/01_linear_algebra.html", "a[rel=next]", "Calculus"),
    "previous chapter": ("read/02_calculus.html", "a[rel=prev]", "Linear algebra"),
    "all chapters": ("read/01_linear_algebra.html", "footer a[href$='#chapters']", "The chapters"),
    "name of the course": ("read/03_probability.html", ".home", "The mathematics"),
    "card": ("index.html", ".cards a[href='read/03_probability.html']", "Probability"),
    "way in": ("index.html", ".ways a[href^='read']", "Start here"),
    "install": ("index.html", ".ways a[href='#install']", "On your own machine"),
}
TOP = "h => h.getBoundingClientRect().top"


@pytest.fixture(scope="module", params=SCREENS)
def page(request, visit):
    return visit(viewport=SCREENS[request.param])


def _click(page, link):
    """Click a link as a reader does, who first opens what is folded around it."""
    folded = link.locator("xpath=ancestor::details[not(@open)]")
    for _ in range(folded.count()):
        folded.nth(0).locator("summary").click()
    link.click()


def _lands(page, heading):
    """Assert that a heading comes to stand in the upper fifth, and stays there; return where.

    How soon is measured and not tested: that depends on what else the machine does.
    """
    fifth = page.viewport_size["height"] / 5
    found = page.locator("h1, h2").filter(has_text=re.compile("^" + re.escape(heading)))
    found.wait_for()
    tops = [round(found.evaluate(TOP))]
    for _ in range(2):  # and still when the pictures around it have come
        time.sleep(0.5)
        tops.append(round(found.evaluate(TOP)))
    assert all(0 <= top <= fifth for top in tops), f"{heading}: {tops} px from the top"
    assert max(tops) - min(tops) <= 2, f"{heading} does not stay: {tops}"
    return tops[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_click_leads_to_the_heading(kind, page, address):
    name, selector, heading = KINDS[kind]
    page.goto(address + name)
    began = time.monotonic()
    _click(page, page.locator(selector).first)
    page.locator("h1, h2").filter(has_text=re.compile("^" + re.escape(heading))).wait_for()
    soon = time.monotonic() - began
    where = _lands(page, heading)
    print(f"\n{kind}, {page.viewport_size['width']} px wide: {where} px, after {soon:.2f} s")


@pytest.mark.parametrize("name", NAMES)
def test_every_section_is_reached_from_the_contents(name, page, address):
    page.goto(f"{address}read/{name}.html")
    links = page.locator(".contents li a")
    assert links.count() > 0
    for number in range(links.count()):
        link = links.nth(number)
        heading = link.inner_text() or link.text_content()
        _click(page, link)
        page.wait_for_function(
            """heading => [...document.querySelectorAll('h2')].some(h => {
                const top = h.getBoundingClientRect().top;
                return h.innerText === heading && top >= 0 && top <= innerHeight / 5;
            })""",
            arg=heading,
        )
        page.go_back()


def test_addresses_of_before_lead_to_the_same_place(page, address):
    page.goto(f"{address}read/01_linear_algebra.html#svd")
    before = _lands(page, "9. Singular")
    page.goto(f"{address}read/01_linear_algebra.html#svd-01")
    assert _lands(page, "9. Singular") == before


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_has_an_address_of_its_own(name, page, address):
    page.goto(f"{address}read/{name}.html")
    cells = [cell["id"] for cell in _notebook(name)["cells"]]
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids)), "an address stands twice"
    assert [an_id for an_id in ids if an_id in set(cells)] == cells
    assert not page.locator("a[href*='cell-id=']").count()


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_and_each_exercise_leads_to_its_own_cell_in_the_live_course(
    name, page, address
):
    page.goto(f"{address}read/{name}.html")
    led = page.locator(
        "main a", has_text=re.compile("^(Move all of it, live|Try it)$")
    ).evaluate_all(
        "links => links.map(a => [a.innerText, a.getAttribute('href'), a.closest('.cell').id])"
    )
    expected = []
    for cell in _notebook(name)["cells"]:
        source, address = "".join(cell["source"]), f"../run/{name}.html#{cell['id']}"
        if cell["cell_type"] != "code":
            continue
        if re.search(r"^explorers\.", source, re.M):
            expected.append(["Move all of it, live", address, cell["id"]])
        if re.search(r"^check\(", source, re.M):
            expected.append(["Try it", address, cell["id"]])
    assert led == expected


def test_the_picture_of_the_front_page_leads_to_its_cell(page, address):
    page.goto(f"{address}index.html")
    link = page.locator(".hero figure a")
    name, cell = re.fullmatch(r"run/(\w+)\.html#([\w-]+)", link.get_attribute("href")).groups()
    (source,) = ("".join(c["source"]) for c in _notebook(name)["cells"] if c["id"] == cell)
    assert "explorers.linear_map(" in source
    assert link.inner_text() == "Move all of it, live"


def test_from_the_front_page_to_the_last_section_by_links_alone(page, address):
    page.goto(f"{address}index.html")
    page.locator(".ways a", has_text="Read").click()
    for name in NAMES:
        page.wait_for_url(f"**/read/{name}.html*")
        sections = page.locator(".contents li a")
        heading = sections.last.text_content()
        _click(page, sections.last)
        _lands(page, heading)
        if name != LAST:
            page.locator("a[rel=next]").click()
    assert page.locator("a[rel=next]").count() == 0
    page.locator("footer a[href$='#chapters']").click()
    _lands(page, "The chapters")


@pytest.mark.parametrize("name", PAGES)
def test_text_twice_as_large_fits_the_screen(name, page, address):
    page.goto(address + name)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("name", READING)
def test_the_bar_is_one_row_with_the_chapter_in_sight(name, page, address):
    page.goto(address + name)
    tops = page.locator(".bar a").evaluate_all(
        "links => links.map(a => a.getBoundingClientRect()).map(r => (r.top + r.bottom) / 2)"
    )
    assert max(tops) - min(tops) < 8, "the bar takes more than one row"
    here = page.locator(".bar [aria-current]").bounding_box()
    row = page.locator(".bar nav").bounding_box()
    assert here["x"] >= row["x"]
    assert here["x"] + here["width"] <= row["x"] + row["width"] + 1


@pytest.mark.parametrize("name", READING)
def test_no_word_of_a_table_is_cut(name, page, address):
    page.goto(address + name)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    cut = page.locator("table").evaluate_all(
        """tables => tables.flatMap(table => {
            const words = [], walk = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                for (const word of walk.currentNode.data.matchAll(/[\\w.,:]+/g)) {
                    const range = document.createRange();
                    range.setStart(walk.currentNode, word.index);
                    range.setEnd(walk.currentNode, word.index + word[0].length);
                    const rows = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
                    if (rows.size > 1) words.push(word[0]);
                }
            }
            return words;
        })"""
    )
    assert cut == []


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_alone_reaches_every_link_and_shows_where_it_is(name, page, address):
    page.goto(address + name)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert min(box["x"], box["y"]) >= 0, "the skip link is out of sight"
    while here := page.evaluate(
        """() => {
            const here = document.activeElement, style = getComputedStyle(here);
            if (here === document.body || here.dataset.reached) return null;
            here.dataset.reached = 'yes';
            const box = here.getBoundingClientRect();
            return {
                what: here.outerHTML.slice(0, 80),
                outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3,
                seen: box.bottom > 0 && box.top < innerHeight
                    && box.right > 0 && box.left < innerWidth,
            };
        }"""
    ):
        assert here["outlined"], here["what"]
        assert here["seen"], here["what"]
        page.keyboard.press("Tab")
    missed = page.locator("a[href], summary, button, input").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && !e.dataset.reached).map(e => e.outerHTML)"
    )
    assert missed == []


@pytest.mark.parametrize("name", PAGES)
def test_the_skip_link_skips(name, page, address):
    page.goto(address + name)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#text, #chapters') !== null")


def _notebook(name):
    return json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
