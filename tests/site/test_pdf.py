"""The PDFs that `make pdf` has printed, as somebody reads them on paper or by a screen reader."""

import json
import re

import pypdf
import pytest

from static_site import NAMES, ROOT, SITE

COURSE = "mlmath"
FILES = sorted((SITE / "pdf").glob("*.pdf"))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def read():
    """Return a reader of a PDF; what was opened once is kept."""
    opened = {}

    def reader(file):
        return opened.setdefault(file, pypdf.PdfReader(file))

    return reader


def chapters(file):
    return NAMES if file.stem == COURSE else [file.stem]


def cells(stem):
    return json.loads((ROOT / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]


def headings(stem):
    """Return the headings of a notebook's chapter and sections, without signs of markdown."""
    text = "\n".join("".join(c["source"]) for c in cells(stem) if c["cell_type"] == "markdown")
    return [re.sub(r"[*`]", "", heading) for heading in re.findall(r"^##? (.+)$", text, re.M)]


def outline(items):
    """Return all titles of an outline, from its first to its last page."""
    for item in items:
        yield from outline(item) if isinstance(item, list) else [item.title]


def elements(node):
    """Return each element of a tree of tags."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_there_is_at_least_one_pdf():
    assert FILES, "there is no PDF: run `make pdf` first"


@each_file
def test_its_outline_is_its_sections_and_leads_to_pages_that_follow_each_other(file, read):
    reader = read(file)
    titles = [" ".join(title.split()) for title in outline(reader.outline)]
    wanted = [heading for stem in chapters(file) for heading in headings(stem)]
    assert [title for title in titles if title in set(wanted)] == wanted


@each_file
def test_every_page_bears_its_number_and_the_number_of_all(file, read):
    reader = read(file)
    n_pages = len(reader.pages)
    assert n_pages > 1
    for number in {1, 2, n_pages // 2, n_pages}:
        assert f"{number} of {n_pages}" in reader.pages[number - 1].extract_text()


@each_file
def test_it_is_tagged_and_says_its_language_and_its_title(file, read):
    reader = read(file)
    catalog = reader.trailer["/Root"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    title = "The mathematics of machine learning"
    if file.stem != COURSE:
        title = f"{headings(file.stem)[0]} · mlmath"
    assert reader.metadata.title == title


@each_file
def test_a_screen_reader_finds_headings_tables_and_pictures_with_their_words(file, read):
    tree = read(file).trailer["/Root"]["/StructTreeRoot"]
    found = [element for element in elements(tree["/K"]) if "/S" in element]
    kinds = {element["/S"] for element in found}
    assert {"/H1", "/H2", "/P", "/Table", "/Figure", "/Link"} <= kinds
    words = {element.get("/Alt") for element in found if element["/S"] == "/Figure"}
    for stem in chapters(file):
        stored = {
            output["metadata"]["image/png"]["alt"]
            for cell in cells(stem)
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        }
        assert stored <= words, "a picture has lost its words"


@each_file
def test_formulas_are_text_that_can_be_selected(file, read):
    pages = read(file).pages
    signs = "".join(page.extract_text() for page in pages[:10])
    assert len(re.findall("[\U0001d434-\U0001d467]", signs)) > 10, "italic letters of mathematics"


@each_file
def test_no_link_leads_to_the_machine_that_printed_it(file, read):
    links = [
        note.get_object()
        for page in read(file).pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert links
    out = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert [address for address in out if not address.startswith("https://")] == []
    assert [address for address in out if "127.0.0.1" in address] == []


@each_file
def test_hints_and_solutions_are_in_it_open(file, read):
    texts = (page.extract_text() for page in read(file).pages)
    assert any(re.search(r"Solution\s+def \w+\(", text) for text in texts)


@each_file
def test_a_chapter_weighs_under_15_mb(file):
    megabytes = file.stat().st_size / 1e6
    print(f"\n{file.name}: {megabytes:.1f} MB")
    assert megabytes < (15 if file.stem != COURSE else 60)


@each_file
def test_the_site_leads_to_it(file):
    pages = [f"read/{stem}.html" for stem in chapters(file)]
    for page in pages:
        assert f'href="../pdf/{file.name}"' in (SITE / page).read_text(encoding="utf-8")
    if file.stem == COURSE:
        assert f'href="pdf/{file.name}"' in (SITE / "index.html").read_text(encoding="utf-8")
    assert f'"pdf/{file.name}"' in (SITE / "files.json").read_text(encoding="utf-8")
