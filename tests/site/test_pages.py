"""The reading pages and the front page, as a reader with a desktop or a phone meets them."""

import functools
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

from static_site import NAMES, ROOT, SCREENSHOTS, SITE

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
COLOURS = ("light", "dark")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}  # no list of all that is well
READING = [f"read/{name}.html" for name in NAMES]
PAGES = ["index.html", *READING]

# Axe takes minutes for the contrast of a chapter's ten thousand words of code, which stand in a
# few colours on a few grounds. So words that are alike in all that contrast depends on are marked
# but for the first of them, and of that rule, and no other, passed over. A ground is what is seen
# behind an element: it is its parent's, unless the element paints, blends or moves.
MARK_ALIKE = r"""() => {
    const grounds = new Map([[document.documentElement.parentNode, '']]), clips = new Map();
    const seen = new Set(), plain = ['rgba(0, 0, 0, 0)', 'none', '1', 'none', 'normal', 'static'];
    let marked = 0;
    for (const e of document.querySelectorAll('*')) {
        const s = getComputedStyle(e), box = e.getBoundingClientRect();
        const paint = [
            s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.position,
        ];
        const below = grounds.get(e.parentNode);
        const more = paint.every((value, i) => value === plain[i]) ? '' : `/${paint}`;
        grounds.set(e, s.position === 'static' ? below + more : `${below}${more}#${grounds.size}`);
        const clip = clips.get(e.parentNode);
        clips.set(e, s.overflowX === 'visible' ? clip : box);
        const words = e.textContent.trim();
        if (e.children.length || !words || !e.checkVisibility({visibilityProperty: true})) continue;
        const kind = [
            grounds.get(e), s.color, s.fontSize, s.fontWeight, s.textShadow, s.textIndent,
            s.webkitTextStroke, words.length > 1, /[a-z0-9]/i.test(words), // axe doubts signs
            !clip || box.left >= clip.left && box.right <= clip.right, // and what is cut off
        ].join();
        if (seen.has(kind)) e.dataset.alike = marked++;
        seen.add(kind);
    }
    return marked;
}"""
PASS_OVER = "axe.configure({rules: [{id: 'color-contrast', selector: ':not([data-alike])'}]});"
AXE = Axe(AXE_SCRIPT + PASS_OVER)


@pytest.fixture(params=[(s, c) for s in SCREENS for c in COLOURS], ids="-".join)
def screen(request, visit):
    screen, colours = request.param
    page = visit(viewport=SCREENS[screen], color_scheme=colours)
    page.look = f"{screen}-{colours}"
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_screen_and_axe_finds_nothing(name, screen, address):
    screen.goto(address + name)
    width = screen.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, "the page scrolls sideways"
    screen.evaluate(MARK_ALIKE)
    found = AXE.run(screen, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    picture = SCREENSHOTS / f"{name.replace('/', '-')}-{screen.look}.png"
    screen.screenshot(path=picture)
    assert (
        screen.evaluate("document.querySelectorAll('details:not(.contents *)[open]').length") == 0
    )


@pytest.mark.parametrize("size", SCREENS)
def test_axe_finds_nothing_in_the_bar_above_the_live_course(size, visit, address):
    page = visit(viewport=SCREENS[size])
    page.goto(f"{address}run/00_start_here.html")
    page.locator("#afresh").click()
    for colours in COLOURS:
        page.emulate_media(color_scheme=colours)
        found = Axe().run(page, context="header, #sure", options=RULES)
        assert found.violations_count == 0, f"{colours}: {found.generate_report()}"


@pytest.fixture(scope="module")
def page(visit):
    return visit(viewport=SCREENS["desktop"])


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_has_its_words_and_is_loaded_when_it_comes_into_sight(name, page, address):
    page.goto(address + name)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    pictures = page.locator("img")
    assert pictures.count() > 0
    for number in range(pictures.count()):
        picture = pictures.nth(number)
        picture.scroll_into_view_if_needed()
        page.wait_for_function(
            "p => p.complete && p.naturalWidth > 0", arg=picture.element_handle()
        )
        words = picture.get_attribute("alt")
        beside = picture.evaluate("p => p.nextElementSibling?.innerText")
        assert words or beside, "a picture is decoration only beside words"


@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_are_all_that_the_notebook_stores_with_their_sentences(name, page, address):
    page.goto(f"{address}read/{name}.html")
    stored = [
        output["metadata"]["image/png"]["alt"]
        for cell in _notebook(name)["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    figures = page.locator("main .cell > figure")
    shown = figures.locator("img").evaluate_all("pictures => pictures.map(p => p.alt)")
    assert shown == stored
    captions = figures.locator("figcaption").all_inner_texts()
    assert all(caption.startswith(words) for caption, words in zip(captions, stored, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_worth_seeing_is_in_the_fold_after_its_figure(name, page, address):
    page.goto(f"{address}read/{name}.html")
    strips = page.locator(".stills")
    for number in range(strips.count()):
        strip = strips.nth(number)
        assert 2 <= strip.locator("img").count() <= 4
        words = strip.locator("img").evaluate_all("pictures => pictures.map(p => p.alt)")
        assert len(set(words)) == len(words)
        assert (
            strip.locator("figcaption").evaluate_all("all => all.map(c => c.textContent)") == words
        )
        fold = strip.locator("xpath=ancestor::details")
        assert fold.locator("summary").inner_text() in ("What you should have seen", "Worth seeing")
        figure = fold.locator("xpath=preceding::figure[1]")
        assert "moving" in figure.get_attribute("class")


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_is_rendered(name, page, address):
    page.goto(f"{address}read/{name}.html")
    text = "\n\n".join(
        "".join(cell["source"])
        for cell in _notebook(name)["cells"]
        if cell["cell_type"] == "markdown"
    )
    displayed = re.findall(r"\$\$.+?\$\$", text, re.S)
    inline = re.findall(r"(?<!\\)\$[^$]+?(?<!\\)\$", re.sub(r"\$\$.+?\$\$", "", text, flags=re.S))
    assert page.locator("math[display=block]").count() == len(displayed)
    assert page.locator("math").count() == len(displayed) + len(inline)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    flat = page.locator("math").evaluate_all(
        "formulas => formulas.filter(f => !(f.getBoundingClientRect().width > 0)).length"
    )
    assert flat == 0
    seen = page.evaluate(
        """() => {
            const main = document.querySelector('main').cloneNode(true);
            main.querySelectorAll('.code, .output, code').forEach(e => e.remove());
            return main.textContent;
        }"""
    )
    assert not re.findall(r"\\[a-zA-Z]+|\$", seen)


@pytest.mark.parametrize("name", READING)
def test_a_page_weighs_under_3_mb_with_all_it_shows(name, page, address):
    page.goto(address + name)
    first = page.evaluate(
        """() => new Promise(resolve => new PerformanceObserver(list => resolve(
            list.getEntriesByName('first-contentful-paint')[0].startTime
        )).observe({type: 'paint', buffered: true}))"""
    )
    pictures = page.locator("main img").evaluate_all("all => all.map(p => p.getAttribute('src'))")
    held = {SITE / name, *((SITE / "read" / source).resolve() for source in pictures)}
    assets = ("mlmath.css", "stix-two-math.woff2", "icon.svg", "read.js", "figure.js", "figures.js")
    held |= {SITE / "assets" / asset for asset in assets}
    weight = sum(path.stat().st_size for path in held) / 1e6
    print(f"\n{name}: first paint after {first:.0f} ms, {weight:.2f} MB with all it shows")
    assert weight < 3


def test_the_whole_site_is_small():
    parts = ("read", "assets", "frames", "live", "run")
    size = {part: _size(SITE / part) / 1e6 for part in parts}
    print(f"\nMB: {size}")
    assert size["read"] + size["assets"] < 20, "what the worker keeps at once"
    assert (_size(SITE) - _size(SITE / "pdf")) / 1e6 < 150


ADDRESSES = ("href", "src", "srcset", "data-frames")


class Links(HTMLParser):
    """The addresses that a page leads to, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.anchors = [], {""}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.addresses += [attrs[name] for name in ADDRESSES if name in attrs]
        self.anchors |= {attrs[name] for name in ("id", "name") if name in attrs}


@functools.cache  # a chapter leads to itself and to others hundreds of times
def _links(path):
    return Links(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [*PAGES, *(f"run/{stem}.html" for stem in NAMES)])
def test_every_link_and_anchor_leads_somewhere(name):
    here = SITE / name
    links = _links(here)
    assert links.addresses
    for address in links.addresses:
        parts = urlsplit(address)
        if parts.scheme:
            assert parts.scheme == "https", address
            continue
        assert not parts.path.startswith("/"), f"{address}: not within any folder"
        target = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        assert target.is_file(), address
        if parts.fragment:
            anchors = _links(target).anchors
            if target.parent.name == "run":  # there, a cell is found when the notebook is open
                anchors |= {cell["id"] for cell in _notebook(target.stem)["cells"]}
            assert unquote(parts.fragment) in anchors, address


def test_the_front_page_says_how_much_of_each_chapter_is_there(page, address):
    page.goto(f"{address}index.html")
    cards = page.locator(".cards li").all_inner_texts()
    assert len(cards) == len(NAMES) - 1
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, card in zip(NAMES[1:], cards, strict=True):
        opening = "".join(_notebook(name)["cells"][0]["source"])
        minutes = [int(number) for number in re.findall(r"\| (\d+)\sminutes \|", opening)]
        hours = float(re.search(r"about ([\d.]+)\shours", card)[1])
        assert abs(hours - sum(minutes) / 60) <= 0.5, "hours of what is there"
        (today,) = re.findall(rf"^\| `{name}` .*\| ([^|]+) \|$", readme, re.M)
        so_far = re.search(r"(\d+) of \d+ sections so far", card)
        complete = re.search(r"Complete: (\d+) sections", card)
        assert bool(complete) == (today == "complete")
        assert int((complete or so_far)[1]) == len(minutes)


def _size(path):
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _notebook(name):
    return json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
