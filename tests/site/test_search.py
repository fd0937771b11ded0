"""The search over all pages, as learners ask it: by mouse, finger and keyboard."""

import gzip
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from static_site import NAMES, ROOT, SCREENSHOTS, SITE

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}
PAGE = f"read/{NAMES[1]}.html"
# What a learner asks, and the cell to which one of the first three answers leads.
ASKED = {
    "SVD": "01_linear_algebra.html#svd-01",
    "singular value": "01_linear_algebra.html#svd-01",
    "eigenvalues": "01_linear_algebra.html#eigenvectors-03",
    "Aᵀ": "01_linear_algebra.html#maps-03",
    "A.T": "01_linear_algebra.html#maps-03",
    "x bar": "04_statistics.html#intervals-03",
    "x̄": "04_statistics.html#intervals-03",
    "sigma": "01_linear_algebra.html#svd-01",
    "σ": "01_linear_algebra.html#svd-01",
    "log likelihood": "03_probability.html#likelihood-03",
    "p-value": "04_statistics.html#tests-03",
    "pvalue": "04_statistics.html#tests-03",
    "hopital": "02_calculus.html#derivative-07",
    "L’Hôpital’s rule": "02_calculus.html#derivative-07",
    "bayes": "03_probability.html#bayes-03",
    "KL": "05_information_theory.html#divergence-01",
    "gradient descent": "02_calculus.html#descent-03",
    "entropies": "05_information_theory.html#entropy-05",
    "regularization": "04_statistics.html#regularisation-01",
    "REGULARISATION": "04_statistics.html#regularisation-01",
    "probabilit": "03_probability.html#distributions-03",
    "softmaxx": "01_linear_algebra.html#attention-03",
    "pca": "01_linear_algebra.html#pca-03",
}
ANSWERS = "dialog.search li"


@pytest.fixture(scope="module", params=SCREENS)
def page(request, visit):
    return visit(viewport=SCREENS[request.param])


@pytest.fixture(scope="module")
def opened(visit, address):
    """A chapter's page on a phone, with the search opened."""
    page = visit(viewport=SCREENS["phone"])
    page.goto(address + PAGE)
    page.locator(".find").click()
    page.get_by_text("Words, names and signs will do").wait_for()
    return page


def ask(page, words):
    """Type words, and wait until the answer is there."""
    status = page.locator("#search-found")
    page.locator("#search-words").fill("")
    page.get_by_text("Words, names and signs will do").wait_for()
    page.locator("#search-words").fill(words)
    page.wait_for_function("p => p.textContent.includes('section')", arg=status.element_handle())
    page.wait_for_function(
        "n => document.querySelectorAll('.search li p:empty').length === 0", arg=0
    )
    return page.locator(f"{ANSWERS} a").evaluate_all("all => all.map(a => a.getAttribute('href'))")


@pytest.mark.parametrize("words", ASKED)
def test_what_a_learner_means_is_among_the_first_three(words, opened):
    answers = [answer.removeprefix("../read/") for answer in ask(opened, words)[:3]]
    assert ASKED[words] in answers


def test_the_first_letters_of_a_term_lead_to_it(opened):
    assert ask(opened, "cdf")[0].endswith("03_probability.html#distributions-13")


def test_an_answer_says_where_it_is_and_shows_what_was_asked(opened):
    ask(opened, "condition number")
    term, section = opened.locator(ANSWERS).nth(0), opened.locator(ANSWERS).nth(1)
    assert term.locator("span").inner_text().startswith("defined in Linear algebra, 4. ")
    assert section.locator("a").inner_text() == "4. Solving linear systems"
    marked = section.locator("mark").all_inner_texts()
    assert "condition" in [word.lower() for word in marked]


def test_how_many_answers_there_are_is_said_aloud(opened):
    answers = ask(opened, "overfitting")
    status = opened.get_by_role("status").and_(opened.locator("#search-found"))
    terms, sections = re.fullmatch(r"(\d+) terms?, (\d+) sections?\.", status.inner_text()).groups()
    assert int(terms) + int(sections) == len(answers)


def test_what_nobody_wrote_is_not_found(opened):
    assert ask(opened, "zzyzx") == []
    assert opened.locator("#search-found").inner_text() == "No sections."


@pytest.mark.parametrize(
    "words", ["(", "a:b", "*", "+x -y", "~", "^", "<script>", "x" * 500, "a " * 200]
)
def test_signs_of_a_search_language_are_signs(words, opened):
    errors = []
    opened.on("pageerror", lambda error: errors.append(error))
    opened.locator("#search-words").fill(words)
    opened.wait_for_timeout(200)
    assert errors == []
    assert opened.locator(f"{ANSWERS} script").count() == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_the_search_and_it_fits_the_screen(colours, page, address):
    page.emulate_media(color_scheme=colours)
    page.goto(f"{address}index.html")  # the smallest page: axe reads all of it
    page.locator(".find").click()
    for words in ("matrix", "zzyzx"):
        ask(page, words)
        found = Axe().run(page, context="dialog.search", options=RULES)
        assert found.violations_count == 0, found.generate_report()
        width = page.viewport_size["width"]
        page.screenshot(path=SCREENSHOTS / f"search-{words}-{width}-{colours}.png")
        wide = page.locator("dialog.search").evaluate("d => d.scrollWidth - d.clientWidth")
        assert wide <= 0, "the answers scroll sideways"


def test_by_keyboard_alone_from_the_page_to_the_answer(page, address):
    page.goto(address + PAGE)
    page.keyboard.press("Control+k")
    page.get_by_text("Words, names and signs will do").wait_for()
    page.keyboard.type("Poisson")
    page.locator(f"{ANSWERS} mark").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Poisson distribution"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Enter")
    page.wait_for_url("**/03_probability.html#distributions-05")


def test_escape_leads_back_to_the_button(page, address):
    page.goto(address + PAGE)
    button = page.locator(".find")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("#search-words").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").evaluate("d => d.open")
    assert button.evaluate("b => b === document.activeElement")


def test_an_answer_on_the_same_page_is_gone_to(page, address):
    page.goto(f"{address}read/01_linear_algebra.html")
    page.locator(".find").click()
    ask(page, "cold start")
    page.locator(f"{ANSWERS} a").first.click()
    assert not page.locator("dialog.search").evaluate("d => d.open")
    cell = page.locator("#recommender-19")
    page.wait_for_function(
        "e => e.getBoundingClientRect().top < innerHeight / 5", arg=cell.element_handle()
    )


@pytest.mark.parametrize(
    "name", ["index.html", "read/terms.html", "read/05_information_theory.html"]
)
def test_it_is_on_every_page_and_leads_from_there(name, page, address):
    page.goto(address + name)
    page.locator(".find").click()
    ask(page, "eigenvector")
    page.locator(f"{ANSWERS} a").first.click()
    page.wait_for_url("**/read/01_linear_algebra.html#eigenvectors-03")


def test_without_scripts_there_is_no_box(visit, address):
    page = visit(java_script_enabled=False)
    page.goto(address + PAGE)
    assert not page.locator(".find").is_visible()
    assert not page.locator("#search-words").is_visible()


def test_nothing_moves_when_the_page_with_its_button_loads(page, address):
    page.goto(address + PAGE)
    page.wait_for_load_state("load")
    moved = page.evaluate(
        """() => new Promise(resolve => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => resolve(sum), 500);
        })"""
    )
    assert moved < 0.01


def test_it_says_so_where_it_cannot_be_loaded_and_tries_again(visit, address):
    page = visit()
    page.route("**/assets/search/index.js", lambda route: route.abort())
    page.goto(address + PAGE)
    page.locator(".find").click()
    page.get_by_text("The search could not be loaded").wait_for()
    page.unroute("**/assets/search/index.js")
    page.locator("#search-words").fill("entropy")
    page.locator(f"{ANSWERS} mark").first.wait_for()


def test_without_a_network_it_works_once_it_has_been_used(visit, address):
    page = visit()
    page.goto(f"{address}run/00_start_here.html")  # there, a reader begins to keep the site
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto(address + PAGE)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.locator(".find").click()
    asked = ask(page, "entropy")
    page.wait_for_function(  # all that was loaded is put away
        """async () => {
            const kept = (await (await caches.open("mlmath")).keys()).map(({ url }) => url);
            const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
            return [location.href, ...loaded].map(address => address.split(/[?#]/)[0] + "?")
                .every(address => kept.some(url => url.startsWith(address)));
        }""",
        polling=200,
    )
    page.context.set_offline(True)
    page.reload()
    page.locator(".find").click()
    assert ask(page, "entropy") == asked


@pytest.mark.parametrize("words", ["matrix", "SVD", "sigma"])
def test_a_first_search_loads_less_than_150_kb(words, visit, address):
    page = visit()
    page.goto(address + PAGE)
    page.wait_for_load_state("load")
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.locator(".find").click()
    page.get_by_text("Words, names and signs will do").wait_for()
    ask(page, words)
    searched = [url for url in loaded if "/assets/search/" in url]  # pictures may come meanwhile
    files = [SITE / url.removeprefix(address) for url in [*searched, f"{address}assets/search.js"]]
    assert len(files) > 3
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1000
    print(f"\n{words}: {len(files)} files, {weight:.0f} kB gzipped")
    assert weight < 150


def test_each_section_of_each_notebook_has_its_text():
    (text,) = re.findall(
        r"globalThis.searchIndex = (.*);", (SITE / "assets/search/index.js").read_text()
    )
    files = {section[0] for section in json.loads(text)["sections"]}
    for name in NAMES:
        book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        starts = [
            cell["id"]
            for cell in book["cells"]
            if re.match(r'<a id="[\w-]+"></a>\s*## ', "".join(cell["source"]))
        ]
        for start in [book["cells"][0]["id"], *starts]:
            assert f"{name}-{start}" in files
            assert (SITE / "assets" / "search" / f"{name}-{start}.js").is_file()


def test_lunr_comes_with_its_licence():
    assert "Oliver Nightingale" in (SITE / "assets" / "search" / "LICENSE").read_text()
