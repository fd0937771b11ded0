"""The terms of the course and their formulas, each once, with the cell that defines it.

In a section of a chapter, bold says one of two things. Where a paragraph begins with it, it is
what the paragraph is about. Anywhere else it is a term, in the sentence that defines it; what is
only to be stressed is in italics. A formula that is displayed right after a paragraph belongs to
the first term of that paragraph's last sentence, if that sentence has one.
"""

import re
from typing import NamedTuple

from folded import folded
from mlmath_helpers._commands.sections import HEADING

OPENING = "00_start_here"  # tells how the course works, and there bold is what to press
BEGINNING = r"(?:[-*>] |\d+\. )*"  # of a paragraph, in a list too
TERM = r"\*\*([^*]+)\*\*"
DISPLAYED = r"\$\$(.+?)\$\$"


class Term(NamedTuple):
    """A term, with the notebook, the section's heading and the cell in which it is defined."""

    name: str
    stem: str
    heading: str
    cell: str
    formula: str | None  # in LaTeX


def terms(books):
    """Return the terms of all chapters, {stem: notebook}, in the order of the alphabet."""
    found = [
        Term(name, stem, heading, cell.id, formula)
        for stem, book in books.items()
        if stem != OPENING
        for heading, cell in _texts(book)
        for name, formula in defined(cell.source)
    ]
    return sorted(found, key=lambda term: folded(term.name))


def defined(source):
    """Return the terms that a text defines, each with its formula or None."""
    found, last = [], None
    source = re.sub(DISPLAYED, lambda match: match[0].replace("\n\n", "\n"), source, flags=re.S)
    for paragraph in re.split(r"\n\s*\n", re.sub(r"^```.*?^```", "", source, flags=re.S | re.M)):
        formula = re.fullmatch(DISPLAYED, paragraph.strip(), re.S)
        if formula and last is not None:
            found[last] = found[last][0], formula[1].strip()
        words = re.sub(r"`[^`]*`|\$[^$]*\$", lambda match: "_" * len(match[0]), paragraph)
        start = re.match(BEGINNING, words).end()
        names = [match for match in re.finditer(TERM, words) if match.start() > start]
        sentence = max(match.end() for match in re.finditer(r"^|[.?!] (?=[A-Z_(])", words))
        opening = [i for i, match in enumerate(names) if match.start() >= sentence]
        last = len(found) + opening[0] if opening else None
        found += [(" ".join(match[1].split()), None) for match in names]
    return found


def _texts(book):
    """Yield each text of a section with the section's heading."""
    heading = None
    for cell in book.cells:
        begins = HEADING.match(cell.source)
        heading = begins[2] if begins else heading
        if heading and cell.cell_type == "markdown":
            yield heading, cell
