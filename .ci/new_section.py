"""Write the files of a new section: ``python .ci/new_section.py CHAPTER ANCHOR TITLE``.

Every room gets a file to be filled, every test file a test that fails until it is, and the
notebook its first cells. CONTRIBUTING.md walks through what comes then.
"""

import ast
import keyword
import pathlib
import re
import sys

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

import save_notebooks

ROOT = pathlib.Path(__file__).resolve().parents[1]
USAGE = 'make section CHAPTER=linear_algebra ANCHOR=my-section TITLE="My section"'

IMPLEMENTATION = '''"""{title}: say in one line what is computed here."""

from .._arguments import vector


def my_function(v):
    """Say what is returned, with the formula if it fits: mean of the squares of v.

    Parameters
    ----------
    v : array_like, shape (n,)
        What it is, with its unit and its range.

    Returns
    -------
    float
        What it is.

    Raises
    ------
    ValueError
        If ``v`` is empty.

    Examples
    --------
    >>> my_function([1, 2, 4])
    7.0
    """
    v = vector(v, "v")
    return float((v**2).mean())
'''

EXPLORER = '''"""Figures of the section "{title}"."""

from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.plane import BLUE


@explorer
def my_figure() -> Explorer:
    """Say in one sentence what is moved, and what one is to see."""
    figure, axes = canvas(height=2.4)
    axes.set(xlim=(-3.5, 3.5), ylim=(-1, 1), yticks=[], xlabel="place x (metres)")
    (dot,) = axes.plot([], [], "o", color=BLUE, gid="dot")  # a test finds it by its gid

    def update(x):
        dot.set_data([x], [0])
        return (dot,)  # whatever was moved

    def describe(x):
        return f"The dot is at {{x:.1f}}, and {{abs(x):.1f}} metres from the middle."

    return Explorer(
        figure,
        update,
        describe,
        stills=({{"x": -3.0}}, {{"x": 0.0}}),  # worth seeing, for those who cannot move it
        x=slider(-3.0, 3.0, start=1.0, step=0.1, label="place x"),
    )
'''

EXERCISE = '''"""Your turn in the section "{title}"."""

import numpy as np

from .._engine.exercise import Exercise


def my_exercise(v):
    """Mean of the squares of the numbers in v, shape (n,)."""
    return np.mean(v**2)


MY_EXERCISE = Exercise(
    my_exercise,
    cases=(
        (np.array([1.0, 2.0, 4.0]),),  # small enough to do by hand
        (np.array([3, -1, 0, 5]),),  # whole numbers
        (np.array([-0.5]),),  # a single one
        (np.arange(12.0)[::3],),  # with gaps in memory
    ),
    hints=(
        "What is done first, the square or the mean?",
        "Square each number; then take the mean of the squares, np.mean(v**2).",
    ),
    mistakes={{
        "np.mean(v) ** 2": "You squared the mean; square each number, and then take the mean.",
        "np.sum(v**2)": "That is the sum of the squares; divide it by how many there are.",
    }},
)
'''

TEST_IMPLEMENTATION = '''"""{title}: by hand, by reference, by an identity."""

import pytest

# Each argument of each function with nonsense in it: function, arguments, keywords, the kind of
# error, the argument's name and words of the remedy, both as the message has them.
BAD = []
# Functions with arguments into which they must not write.
UNTOUCHED = []
ROOM = "{room}"


def test_the_implementation_is_written_and_tested():
    pytest.fail(f"write {{ROOM}} and its tests in place of this one, or delete both files")
'''

TEST_EXPLORER = '''"""{title}: its figures, computed a second way."""

import pytest

ROOM = "{room}"
# What holds for all figures is tested by these lines, with the section's figures in place:
#
#     from explorers.pictures import Pictures
#
#     class TestPictures(Pictures):
#         figures = (explorers.my_figure,)


def test_the_figure_is_drawn_and_tested():
    pytest.fail(f"write {{ROOM}} and its tests in place of this one")
'''

TEST_EXERCISE = '''"""{title}: other right answers, and wrong ones."""

import pytest

# Bodies of functions that are as right as the reference, by the exercise's name: two or three.
OTHER_WAYS = {{}}
# What first readers write: the exercise's name, the body, words of the verdict.
WRONG_WAYS = []
# Slips in the reference that change nothing: by the exercise's name, the line and why.
EQUIVALENT = {{}}
# A function for each question that is asked before a figure: it computes the right choice.
PREDICTED = {{}}
ROOM = "{room}"


def test_the_exercise_is_written_and_tested():
    pytest.fail(f"write {{ROOM}} and its tests in place of this one")
'''

# Where the layers live below mlmath_helpers and below tests, with their files' contents.
LAYERS = (
    ("", "implementations", IMPLEMENTATION, TEST_IMPLEMENTATION),
    ("explorers", "explorers", EXPLORER, TEST_EXPLORER),
    ("exercises", "exercises", EXERCISE, TEST_EXERCISE),
)


class Refusal(Exception):
    """The section cannot be begun, for the reason given."""


def notebook_of(chapter, root):
    """Return the path of a chapter's notebook."""
    paths = {path.stem[3:]: path for path in sorted((root / "notebooks").glob("0[1-9]_*.ipynb"))}
    if chapter not in paths:
        raise Refusal(f"CHAPTER is one of {', '.join(paths)}, not {chapter or 'left out'}")
    return paths[chapter]


def checked(anchor, title, notebook):
    """Return anchor and title as they are written, if a section can have them."""
    title = title.strip()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", anchor):
        given = anchor or "left out"
        raise Refusal(f"ANCHOR is in lower-case words with hyphens, as least-squares, not {given}")
    if anchor in save_notebooks.ANCHOR.findall("\n".join(c.source for c in notebook.cells)):
        raise Refusal(f"the anchor {anchor} exists already in this chapter: choose another")
    if keyword.iskeyword(anchor) or anchor in sys.stdlib_module_names:
        raise Refusal(f"{anchor}.py would be taken for a part of Python: choose another ANCHOR")
    if not title:
        raise Refusal("TITLE, the heading of the section, is left out")
    if len(title) > 50 or re.search(r'[\n"\\]', title):
        raise Refusal(r'TITLE is one line of at most 50 characters, without " and \ in it')
    return anchor, title


def file_name(stem, face):
    """Return the name of the section's file beside this face.

    A function of the file's name would hide it: then the file has an underscore before it.
    """
    tree = ast.parse(face.read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    offered = {name.asname or name.name for node in imports for name in node.names}
    return f"_{stem}.py" if stem in offered else f"{stem}.py"


def files(chapter, anchor, title, root):
    """Return the contents of the section's files by their paths."""
    stem, found = anchor.replace("-", "_"), {}
    for layer, tests, source, test in LAYERS:
        folder = root / "mlmath_helpers" / layer / chapter
        room = folder / file_name(stem, folder / "__init__.py")
        found[room] = source.format(title=title)
        place = root / "tests" / tests / chapter / f"test_{stem}.py"
        found[place] = test.format(title=title, room=room.relative_to(root).as_posix())
    return found


def add_cells(notebook, anchor, title):
    """Put the section's first cells before the summary, in place."""
    headings = [
        (i, heading[1])
        for i, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
        and (heading := re.search(r"^## (.*)", cell.source, re.MULTILINE))
    ]
    numbers = [int(number[0]) for _, words in headings if (number := re.match(r"\d+(?=\.)", words))]
    last, words = headings[-1]
    place = len(notebook.cells) if re.match(r"\d+\.", words) else last
    unwritten = f"raise NotImplementedError('the cells of #{anchor}: see CONTRIBUTING.md')"
    notebook.cells[place:place] = [
        new_markdown_cell(
            f'<a id="{anchor}"></a>\n\n## {max(numbers, default=0) + 1}. {title}\n\n'
            "What is worth knowing here? Ask it in the first sentence, and begin with the "
            "smallest example.",
            id=f"{anchor}-01",
        ),
        new_code_cell(unwritten, id=f"{anchor}-02"),
    ]


def begin(chapter, anchor, title, root=ROOT):
    """Write the section's files and cells, and return what was written and what is to be done."""
    path = notebook_of(chapter, root)
    notebook = save_notebooks.read(path)
    anchor, title = checked(anchor, title, notebook)
    found = files(chapter, anchor, title, root)
    for file in found:
        for name in (file.name, f"_{file.name}", file.name.removeprefix("_")):
            if file.with_name(name).exists():
                there = file.with_name(name).relative_to(root).as_posix()
                raise Refusal(f"{there} exists already: nothing was written")
    add_cells(notebook, anchor, title)
    nbformat.validate(notebook)
    for file, text in found.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    path.write_text(save_notebooks.text_of(notebook), encoding="utf-8", newline="\n")
    wrote = [file.relative_to(root).as_posix() for file in found]
    rooms = [(room, pathlib.PurePath(room)) for room in wrote if not room.startswith("tests")]
    stem = anchor.replace("-", "_")
    return [
        *(f"wrote {file}" for file in wrote),
        f"added {anchor}-01 and {anchor}-02 to notebooks/{path.name}, after the last section",
        "",
        "Each test file fails until its room is filled (CONTRIBUTING.md walks through it). Then:",
        *(
            f"  {room.parent.as_posix()}/__init__.py: from .{room.stem} import ..., and list it"
            for _, room in rooms
        ),
        f"  a function named {stem} would hide its own {stem}.py: name that file _{stem}.py",
        f"  notebooks/{path.name}: the section's place and number, its row in the contents, what",
        "    one can do afterwards, the names in the import cell, a line of the summary",
        "  README.md: the section and the count of sections in the table of chapters, the hours",
        "  notebooks/00_start_here.ipynb: the hours",
    ]


def main():
    """Begin the section that the command line names."""
    if len(sys.argv) != 4:
        sys.exit(f"mlmath: chapter, anchor and title are needed: {USAGE}")
    try:
        print("\n".join(begin(*sys.argv[1:])))
    except Refusal as refusal:
        sys.exit(f"mlmath: {refusal} ({USAGE})")


if __name__ == "__main__":
    main()
