"""Terms are defined in bold, each once in the whole course; what is stressed is in italics."""

import collections
import pathlib

import nbformat
import pytest

from folded import folded
from terms import defined, terms

NOTEBOOKS = pathlib.Path(__file__).parents[2] / "notebooks"
BOOKS = {path.stem: nbformat.read(path, as_version=4) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
TERMS = terms(BOOKS)


def test_each_term_is_defined_once_in_the_whole_course():
    cells = collections.defaultdict(list)
    for term in TERMS:
        cells[folded(term.name)].append(term.cell)
    twice = {name: where for name, where in cells.items() if len(where) > 1}
    assert twice == {}, "bold where it is defined; elsewhere a link to that cell, or italics"


def test_each_term_stands_in_its_cell_and_has_a_section():
    sources = {
        (stem, cell.id): " ".join(cell.source.split())
        for stem, book in BOOKS.items()
        for cell in book.cells
    }
    assert len(TERMS) > 150
    for term in TERMS:
        assert f"**{term.name}**" in sources[term.stem, term.cell]
        assert term.heading


def test_a_term_is_a_word_or_a_few_and_no_sentence():
    for term in TERMS:
        assert 1 <= len(term.name.split()) <= 4, f"{term.name!r}: italics say that it matters"
        assert term.name[-1] not in ".?!:,;", f"{term.name!r}: a paragraph may begin with that"
        assert not set(term.name) & set("$`_"), term.name


def test_terms_stand_in_the_order_of_the_alphabet():
    names = [folded(term.name) for term in TERMS]
    assert names == sorted(names)


def test_the_formula_of_a_term_is_displayed_in_its_cell():
    with_formula = [term for term in TERMS if term.formula]
    assert len(with_formula) > 25
    for term in with_formula:
        (cell,) = (cell for cell in BOOKS[term.stem].cells if cell.id == term.cell)
        assert term.formula in cell.source.replace("$$", "").replace("\n\n", "\n")


FORMULA = "\n\n$$\na = b\n$$"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("It is a **span**.", [("span", None)]),
        ("**A question.** What is a **span**?", [("span", None)]),
        ("**In machine learning** it is all.", []),
        ("- **A point** of a list.\n- And a **term**.", [("term", None)]),
        ("Words.\n\n1. **One**, first.", []),
        ("| **peak** | has | a **form** |", [("peak", None), ("form", None)]),
        ("It is `a**b**c` and $x **y** z$.", []),
        ("```\nx **y** z\n```", []),
        ("It is a **term\nof two lines**.", [("term of two lines", None)]),
        ("An **old** one. Here is a **new** one," + FORMULA, [("old", None), ("new", "a = b")]),
        ("Hence **descent**: at a **rate**," + FORMULA, [("descent", "a = b"), ("rate", None)]),
        ("A **term**. With $x$ it is" + FORMULA, [("term", None)]),
        ("A **term**. $x$ is no term:" + FORMULA, [("term", None)]),
        ("A **term**.\n\nWords." + FORMULA, [("term", None)]),
        ("A **term**" + FORMULA + "\n\nand" + FORMULA, [("term", "a = b")]),
    ],
)
def test_what_a_text_defines(source, found):
    assert defined(source) == found


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Poincaré", "poincare"), ("L'Hôpital", "l'hopital"), ("Maß", "mass"), ("Aᵀ", "at")],
)
def test_words_are_looked_up_without_accents_and_case(word, plain):
    assert folded(word) == plain
