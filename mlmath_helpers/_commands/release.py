"""``mlmath release FOLDER``: write the notebooks of chosen sections, for a class."""

import argparse
import ast
import copy
import inspect
import json
import re
import shutil
import sys
import textwrap
from itertools import groupby
from pathlib import Path

from ..exercises._engine import session
from ..exercises._engine.verdict import verdict
from .sections import asked, chosen, parse, parts, read, text_of

LINK = re.compile(r"\[((?:[^][]|\[[^][]*\])*)\]\(([\w.-]*)#cell-id=([\w-]+)\)")


def main(arguments):
    """Write a set of notebooks.

    Parameters
    ----------
    arguments : list of str
        What stands behind ``mlmath release``.

    Returns
    -------
    int
        0 if the notebooks are written; 1 if they cannot be, and then none is; 2 (from argparse)
        for a wrong command line.
    """
    options = parse(_parser(), arguments)
    try:
        made = notebooks_of(options.sections, options.exercises, solutions=options.solutions)
        written = _write(options.folder, made, options.exercises)
    except (ValueError, OSError) as error:
        print(f"mlmath release: {error}", file=sys.stderr)
        return 1
    kind = "with solutions" if options.solutions else "without solutions"
    print(f"{options.folder}: {', '.join(written)}, {kind}")
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="mlmath release", description=__doc__.partition(": ")[2])
    parser.add_argument("folder", type=Path, help="where to write; new or empty")
    parser.add_argument("--sections", help="anchors or chapters: svd,pca or linear_algebra")
    parser.add_argument("--solutions", action="store_true", help="answers in place of stubs")
    parser.add_argument("--exercises", type=Path, help="a file of your own with EXERCISES")
    return parser


def notebooks_of(sections, exercises, *, solutions):
    """Return the notebooks to be written.

    Parameters
    ----------
    sections : str or None
        Names of sections or chapters, with commas between.
    exercises : Path or None
        A file of the teacher's own exercises.
    solutions : bool
        Whether answers stand where learners would write.

    Returns
    -------
    dict of str to dict
        From a file's name to the notebook.

    Raises
    ------
    ValueError
        If a section is not known, the file cannot be used, or nothing is asked for.
    """
    if not sections and exercises is None:
        raise ValueError("name sections by --sections, a file by --exercises, or both")
    made = {}
    wanted = chosen(sections) if sections else []
    there = {(section.notebook.name, cell["id"]) for section in wanted for cell in section.cells}
    for path, group in groupby(wanted, lambda section: section.notebook):
        made[path.name] = _with_sections(path, list(group), there)
    if exercises is not None:
        own, name = session.added(exercises), f"{exercises.stem}.ipynb"
        if name in made:
            raise ValueError(f"{exercises.name}: a notebook {name} is released already")
        made[name] = _of_own_exercises(exercises.name, own.values())
    _make_links_text(made)
    if solutions:
        for notebook in made.values():
            for cell in notebook["cells"]:
                _fill_in(cell)
    return made


def _with_sections(path, sections, there):
    """Return the notebook of these sections of a chapter, with the cells that open it."""
    notebook = read(path)
    opening, _ = parts(path)
    first = copy.deepcopy(opening[0])
    first["source"] = _opening_text(text_of(first), sections, there)
    cells = [first, *opening[1:], *(cell for section in sections for cell in section.cells)]
    return notebook | {"cells": cells}


CHOSEN = (
    "These are chosen sections of a chapter of the course; their numbers are their places in it. "
    "Those that the text names without a link are in the full course, not here."
)


def _opening_text(text, sections, there):
    """Return a chapter's first cell, of which only what is true of these sections is left.

    It begins with the title and what one can do after the whole chapter; then comes what one needs
    to know, up to the contents; then advice on the whole chapter, and at last what to do first.
    """
    title, _, *parts, first = text.split("\n\n")
    contents = next(n for n, part in enumerate(parts) if part.startswith(("|", "1. ")))
    notebook = sections[0].notebook.name
    needs = [_of_these(part, notebook, there) for part in parts[:contents]]
    rows = _rows_of(parts[contents], sections)
    return "\n\n".join([title, CHOSEN, *filter(None, needs), rows, first])


def _rows_of(contents, sections):
    """Return the rows of these sections in a table, or in a list, which would count them anew."""
    links = [f"](#cell-id={section.cells[0]['id']})" for section in sections]
    is_table = contents.startswith("|")
    rows = contents.split("\n")
    head, rows = (rows[:2], rows[2:]) if is_table else ([], rows)
    rows = [row for row in rows if any(link in row for link in links)]
    if not is_table:
        rows = [re.sub(r"^(\d+\.) \[", r"- [\1 ", row) for row in rows]
    return "\n".join(head + rows)


def _of_these(text, notebook, there):
    """Return what one needs to know, without the sentences that lead to other sections alone."""
    kept = []
    for sentence in re.split(r"(?<=[.?!]) (?=[A-Z$])", text):
        links = [(link[2] or notebook, link[3]) in there for link in LINK.finditer(sentence)]
        if sentence.startswith("You need"):  # whatever its links lead to
            kept.append(sentence)
        elif any(links) or not links:
            kept.append(LINK.sub(lambda link: _in_full(link, notebook, there), sentence))
    return " ".join(kept)


def _in_full(link, notebook, there):
    """Return a link if it leads to one of these cells, else its words and where that is."""
    if (link[2] or notebook, link[3]) in there:
        return link[0]
    return f"{link[1]} (of the full {'course' if link[2] else 'chapter'})"


IMPORTS = (
    "import numpy as np\n\n"
    "from mlmath_helpers.exercises import add_exercises, check, hint, progress, review, solution"
)


def _of_own_exercises(file, exercises):
    """Return a notebook that asks for a teacher's own exercises."""
    exercises = list(exercises)
    title = Path(file).stem.replace("_", " ").capitalize()
    words = (
        "Run the next cell first. Then write each function in place of its `...` and run the cell; "
        f'`hint("{exercises[0].name}")`, in a cell of its own, gives a hint for that one.'
    )
    cells = [
        _cell("opening-01", f"# {title}\n\n{words}", "markdown"),
        _cell("opening-02", f"{IMPORTS}\n\nadd_exercises({json.dumps(file)})"),
    ]
    for number, exercise in enumerate(exercises, start=1):
        _stands_alone(exercise, file)
        source = f"{stub(exercise)}\n\ncheck({exercise.name})"
        cells.append(_cell(f"exercise-{number:02}", source))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _stands_alone(exercise, file):
    """Refuse an exercise that uses more of its file than its function, which is all that is copied.

    The answer is tried on its cases as `check` would, after what the notebook imports and no more.
    """
    missing = f"{exercise.name} uses {{}} of {file}; put it into the function"
    there = {}
    try:
        for source in (stub(exercise), answer(exercise)):
            there = {}
            exec(f"{IMPORTS}\n\n{source}", there)
    except NameError as error:  # in a default or a decorator
        raise ValueError(missing.format(error.name)) from None
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        raise ValueError(f"{exercise.name} of {file} cannot stand alone. {words}") from None
    passed, text = verdict(exercise, there[exercise.name])
    unknown = re.search(r"stopped with NameError: name '(\w+)' is not defined", text)
    if unknown:
        raise ValueError(missing.format(unknown[1]))
    if not passed:
        raise ValueError(f"{exercise.name} of {file} does not pass by itself. {text}")


def _cell(name, source, kind="code"):
    cell = {"cell_type": kind, "id": name, "metadata": {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def stub(exercise):
    """Return the head and the docstring of an exercise, with room for the answer."""
    lines = textwrap.dedent(inspect.getsource(exercise.reference)).splitlines()
    (node,) = ast.parse("\n".join(lines)).body
    has_docstring = ast.get_docstring(node) is not None
    body = node.body[1] if has_docstring and len(node.body) > 1 else node.body[0]
    if lines[body.lineno - 1][: body.col_offset].strip():  # on the line of the head
        node.body = [ast.Pass()]
        head = ast.unparse(node).splitlines()[:-1]
    else:
        head = lines[: body.lineno - 1]
    return "\n".join([*head, "    ...  # your code here"])


def answer(exercise):
    """Return the source of an exercise's answer."""
    return textwrap.dedent(inspect.getsource(exercise.reference)).rstrip()


def _fill_in(cell):
    """Put an answer into a cell that asks for a function."""
    names = asked(text_of(cell)) if cell["cell_type"] == "code" else []
    if names:
        source = f"{answer(session.find(names[0]))}\n\ncheck({names[0]})"
        cell |= {"source": source, "outputs": [], "execution_count": None}


def _make_links_text(made):
    """Leave only the words of a link where its cell is not in the set.

    Words that say "the next section" would then mean another one: they become "a later section".
    """
    there = {
        (name, cell.get("id")) for name, notebook in made.items() for cell in notebook["cells"]
    }
    for name, notebook in made.items():
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = LINK.sub(
                    lambda link, name=name: (
                        link[0]
                        if (link[2] or name, link[3]) in there
                        else link[1].replace("the next section", "a later section")
                    ),
                    text_of(cell),
                )


def _write(folder, made, exercises):
    """Write all into a folder that is new or empty; return the names of the files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} is there and not empty: name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, notebook in made.items():
        for cell in notebook["cells"]:
            cell["source"] = text_of(cell).splitlines(keepends=True)
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    if exercises is not None:
        shutil.copyfile(exercises, folder / exercises.name)
    return sorted(path.name for path in folder.iterdir())
