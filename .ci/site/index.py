"""What leads into the pages: the index of terms and formulas, and that of the search."""

import itertools

import jinja2
import nbformat

import policy
import search
from folded import folded
from formulas import mathml
from pages import TEMPLATES, title
from terms import terms


def build(site, notebooks):
    """Write the page of terms and formulas, and the search, to ``site``."""
    books = {
        path.stem: nbformat.read(path, as_version=4) for path in sorted(notebooks.glob("*.ipynb"))
    }
    found = terms(books)
    (site / "read" / "terms.html").write_text(_page(books, found), encoding="utf-8")
    search.build(site / "assets" / "search", books, found)


def _page(books, found):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    by_letter = itertools.groupby(found, key=lambda term: folded(term.name)[0].upper())
    return environment.get_template("terms.html.j2").render(
        policy=policy.text(policy.READING),
        chapters=[{"stem": stem, "title": title(book)} for stem, book in books.items()],
        titles={stem: title(book) for stem, book in books.items()},
        letters=[(letter, list(group)) for letter, group in by_letter],
        formulas=[
            (term, mathml(term.formula.rstrip(" .,"), display=True))
            for term in found
            if term.formula
        ],
    )
