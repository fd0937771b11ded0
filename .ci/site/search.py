"""The search over all pages: an index by lunr, and the text of each section for its excerpts.

A page loads the index at the first search, and then the texts of those sections that it shows.
They are scripts, not data, so that the pages' policy need not let them fetch anything. What lunr
writes says everything twice; half of it is enough, and search.js makes the rest from that.
"""

import json
import pathlib
from collections import Counter
from itertools import pairwise

from lunr.builder import Builder

from mlmath_helpers._commands.sections import HEADING
from pages import markdown, title
from words import line, spellings, words

LUNR = pathlib.Path(__file__).parent / "lunr"
BOOST = {"heading": 8, "terms": 4, "text": 1}
COMMON = 0.6  # words in more than this share of the sections are left out, as "the" and "is"


def build(folder, books, terms):
    """Write lunr, the index of all notebooks, {stem: notebook}, and their texts to ``folder``."""
    folder.mkdir()
    for path in LUNR.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    sections = [section for stem, book in books.items() for section in _sections(stem, book)]
    for section in sections:
        text = [[cell, line(page)] for cell, page in section["pages"]]
        _write(
            folder, section["file"], f"(globalThis.searchTexts ??= {{}})['{section['file']}']", text
        )
    _write(folder, "index", "globalThis.searchIndex", _index(sections, terms))


def _sections(stem, book):
    """Return the opening and the sections of a notebook, with their texts as HTML."""
    first = book.cells[0].id
    found = [{"file": f"{stem}-{first}", "heading": title(book), "chapter": "", "pages": []}]
    found[0]["address"] = f"{stem}.html"
    for cell in book.cells:
        if begins := HEADING.match(cell.source):
            found.append(
                {
                    "file": f"{stem}-{cell.id}",
                    "heading": begins[2],
                    "chapter": title(book),
                    "pages": [],
                    "address": f"{stem}.html#{cell.id}",
                }
            )
        if cell.cell_type == "markdown":
            found[-1]["pages"].append((cell.id, markdown(cell.source)))
    return found


def _index(sections, terms):
    """Return the index, as small as it can be sent."""
    said = [[word for _, page in section["pages"] for word in words(page)] for section in sections]
    shares = Counter(word for each in said for word in set(each))
    common = {word for word, n_sections in shares.items() if n_sections > COMMON * len(sections)}
    cells = {cell: at for at, each in enumerate(sections) for cell in _cells(each)}
    builder = Builder()
    builder.ref("at")
    for field, boost in BOOST.items():
        builder.field(field, boost=boost)
    for at, (section, text) in enumerate(zip(sections, said, strict=True)):
        names = [term.name for term in terms if cells[term.stem, term.cell] == at]
        builder.add(
            {
                "at": str(at),
                "heading": " ".join(_spelled(section["heading"])),
                "terms": " ".join(word for name in names for word in _spelled(name)),
                "text": " ".join(word for word in text if word not in common),
            }
        )
    keys = ("file", "address", "heading", "chapter")
    return {
        **_packed(builder.build().serialize()),
        "common": " ".join(sorted(common)),
        "sections": [[section[key] for key in keys] for section in sections],
        "terms": [[term.name, cells[term.stem, term.cell], term.cell] for term in terms],
    }


def _cells(section):
    stem = section["address"].partition(".")[0]
    return [(stem, cell) for cell, _ in section["pages"]]


def _spelled(text):
    return [word for written in text.split() for word in spellings(written)]


def _packed(index):
    """Return lunr's index without its list of what stands where: the vectors say that, too."""
    names = sorted(word for word, _ in index["invertedIndex"])
    place = {posting["_index"]: names.index(word) for word, posting in index["invertedIndex"]}
    vectors = []
    for name, vector in index["fieldVectors"]:
        weights = sorted(zip((place[i] for i in vector[::2]), vector[1::2], strict=True))
        steps = [after - before for before, after in pairwise([0, *(at for at, _ in weights)])]
        vectors.append([name, steps, [round(weight, 2) for _, weight in weights]])
    return {
        "version": index["version"],
        "fields": index["fields"],
        "words": " ".join(names),
        "vectors": vectors,
    }


def _write(folder, name, variable, content):
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f"{variable} = {text};\n", encoding="utf-8")
