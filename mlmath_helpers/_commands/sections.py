"""The sections of the course as a teacher names them: by anchor, or all of a chapter."""

import difflib
import json
import re
from pathlib import Path
from typing import NamedTuple

from .course import notebooks

HEADING = re.compile(r'^<a id="([\w-]+)"></a>\n+## (.*)', re.MULTILINE)
NOT_TAUGHT = {"summary"}  # a heading that every chapter has


class Section(NamedTuple):
    """A section of a notebook: its anchor, its heading, its cells."""

    notebook: Path
    anchor: str
    title: str
    cells: list

    @property
    def exercises(self):
        """The names of the functions that it asks for, in their order."""
        return asked(source_of_code(self.cells))


def asked(source):
    """Return the names of the exercises that a source has checked, in their order."""
    return re.findall(r"^check\((\w+)\)", source, re.MULTILINE)


def text_of(cell):
    """Return the source of a cell, stored as a text or as a list of lines."""
    return "".join(cell["source"])


def source_of_code(cells):
    """Return the source of all code cells among these as one text."""
    return "\n".join(text_of(cell) for cell in cells if cell["cell_type"] == "code")


def read(path):
    """Return a notebook of the course as a dict."""
    return json.loads(path.read_text(encoding="utf-8"))


def parts(path):
    """Return the cells before the first section of a notebook, and its sections."""
    opening, found = [], []
    for cell in read(path)["cells"]:
        heading = cell["cell_type"] == "markdown" and HEADING.search(text_of(cell))
        if heading:
            found.append(Section(path, heading[1], heading[2], []))
        (found[-1].cells if found else opening).append(cell)
    return opening, found


def all_sections():
    """Return the sections of all notebooks, in the order of the course."""
    return [
        section
        for path in sorted(notebooks().glob("*.ipynb"))
        for section in parts(path)[1]
        if section.anchor not in NOT_TAUGHT
    ]


def parse(parser, arguments):
    """Return what argparse reads, and say so where a space stands beside a comma."""
    options, others = parser.parse_known_args(arguments)
    if others and any("," in (argument[:1], argument[-1:]) for argument in arguments):
        parser.error("the names of --sections take no space after the comma: svd,pca")
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    return options


def chosen(names):
    """Return the sections that a text names, in the order of the course.

    Parameters
    ----------
    names : str
        Anchors or chapters, with commas between: ``"svd, pca"``, ``"linear_algebra"`` or
        ``"01_linear_algebra"``, in capitals or not.

    Returns
    -------
    list of Section

    Raises
    ------
    ValueError
        If no section and no chapter has one of the names; the message gives the nearest,
        by its name or its heading, and lists them all.
    """
    there = all_sections()
    chapters = dict.fromkeys(section.notebook.stem[3:] for section in there)
    known = {section.anchor: section.anchor for section in there}
    known |= {_plain(chapter): chapter for chapter in chapters}
    asked = {_plain(name): name.strip() for name in names.split(",") if name.strip()}
    if not asked:
        raise ValueError("sections must name one at least, such as svd or linear_algebra")
    for name in sorted(asked.keys() - known):
        by_heading = {_plain(section.title): section.anchor for section in there}
        similar = difflib.get_close_matches(name, known | by_heading, n=1, cutoff=0.6)
        advice = f"did you mean {(by_heading | known)[similar[0]]}? " if similar else ""
        raise ValueError(
            f"sections: there is none called {asked[name]}; {advice}they are: "
            + ", ".join(known.values())
        )
    wanted = {known[name] for name in asked}
    return [s for s in there if s.anchor in wanted or s.notebook.stem[3:] in wanted]


def _plain(name):
    """Return a name, a notebook's stem or a heading as an anchor would be written."""
    name = re.sub(r"[\s_]+", "-", name.strip().lower())
    return re.sub(r"^\d+[.-]+", "", name).removesuffix(".ipynb")
