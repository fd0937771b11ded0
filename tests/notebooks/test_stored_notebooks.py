"""The notebooks as they are stored: what a reader sees before any cell is run."""

import ast
import importlib
import itertools
import pkgutil
import re
import statistics

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import mlmath_helpers.exercises
import save_notebooks

PATHS = sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))
NOTEBOOKS = {path.stem: save_notebooks.read(path) for path in PATHS}

each_path = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
each_notebook = pytest.mark.parametrize("name", NOTEBOOKS)


def code_cells(name):
    return [cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"]


def outputs(name):
    return [output for cell in code_cells(name) for output in cell.outputs]


def text(source):
    """Return all markdown of a notebook, without code."""
    return save_notebooks.prose(source.cells)


def test_the_course_opens_with_start_here():
    assert PATHS[0].name == "00_start_here.ipynb"


@each_path
def test_saving_a_stored_notebook_again_changes_nothing(path):
    notebook = save_notebooks.normalise(save_notebooks.read(path))
    assert path.read_text(encoding="utf-8") == save_notebooks.text_of(notebook)


@each_path
def test_a_notebook_is_smaller_than_two_megabytes(path):
    assert path.stat().st_size < 2_000_000


@each_path
def test_no_widget_view_and_no_path_of_one_machine_is_stored(path):
    stored = path.read_text(encoding="utf-8")
    assert "widget-view" not in stored
    assert not re.search(r"(?<![\w.$}])/(?:home|root|work|tmp|Users)/\w|[A-Z]:\\\\\w", stored)


@each_notebook
def test_cells_have_names_of_their_own(name):
    names = [cell.id for cell in NOTEBOOKS[name].cells]
    assert len(set(names)) == len(names)


@each_notebook
def test_every_cell_ran_once_in_order_without_error_or_warning(name):
    counts = [cell.execution_count for cell in code_cells(name)]
    assert counts == list(range(1, len(counts) + 1))
    assert [o for o in outputs(name) if o.output_type == "error"] == []
    assert [o for o in outputs(name) if o.get("name") == "stderr"] == []


@each_notebook
def test_every_stored_picture_says_in_words_what_it_shows(name):
    for output in outputs(name):
        if "image/png" in output.get("data", {}):
            alternative = output.metadata["image/png"]["alt"]
            assert len(alternative.split()) > 3
            assert output.data["text/plain"] == alternative


@each_notebook
def test_code_cells_are_short(name):
    lengths = [len(cell.source.splitlines()) for cell in code_cells(name)]
    assert max(lengths) <= 15
    assert statistics.median(lengths) <= 5


@each_notebook
def test_there_is_a_sentence_at_least_after_every_third_code_cell(name):
    kinds = "".join("c" if c.cell_type == "code" else "t" for c in NOTEBOOKS[name].cells)
    assert "cccc" not in kinds


def exercise_names():
    """Return the names of all exercises of the course."""
    chapters = pkgutil.iter_modules(mlmath_helpers.exercises.__path__, "mlmath_helpers.exercises.")
    modules = (importlib.import_module(chapter.name) for chapter in chapters)
    return {name for module in modules for name in getattr(module, "EXERCISES", {})}


@each_notebook
def test_functions_are_defined_only_where_the_learner_is_asked_to(name):
    for cell in code_cells(name):
        for node in ast.walk(ast.parse(cell.source)):  # a shell command would not even parse
            assert not isinstance(node, ast.ClassDef)
            if isinstance(node, ast.FunctionDef):
                assert node.name in exercise_names()


@each_notebook
def test_display_maths_stands_between_blank_lines(name):
    """A block opens and closes with $$ at the ends of lines, and nothing else stands there."""
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type != "markdown":
            continue
        blocks = re.findall(r"\$\$.*?\$\$", cell.source, re.DOTALL)
        alone = re.findall(
            r"(?:\A|(?<=\n\n))[ ]*\$\$.*?\$\$[ ]*(?=\n\n|\n?\Z)", cell.source, re.DOTALL
        )
        assert len(blocks) == len(alone), cell.source
        assert r"\[" not in re.sub(r"\\\\\[", "", cell.source)  # \\[2pt] is a line break's space


@each_notebook
def test_folded_answers_are_followed_by_a_blank_line(name):
    """Without it, GitHub shows the markdown inside <details> as it is written."""
    assert not re.search(r"</summary>[ ]*\n?[^\n]", text(NOTEBOOKS[name]))


@each_notebook
def test_every_link_inside_the_course_leads_to_a_cell(name):
    """By the name of the cell: the only address that JupyterLab obeys across notebooks."""
    cells = {stem: {cell.id for cell in other.cells} for stem, other in NOTEBOOKS.items()}
    for target in re.findall(r"\]\(([^)\s]+)\)", text(NOTEBOOKS[name])):
        if re.match(r"https?://", target):
            continue
        file, _, place = target.partition("#")
        stem = file.removesuffix(".ipynb") or name
        assert stem in cells, target
        cell = place.removeprefix("cell-id=")
        assert cell != place, f"{target}: write #cell-id= and the name of a cell"
        assert cell in cells[stem], target


def test_each_chapter_ends_with_the_way_to_the_next():
    for name, following in itertools.pairwise(NOTEBOOKS):
        target = f"]({following}.ipynb#cell-id={NOTEBOOKS[following].cells[0].id})"
        assert target in text(new_notebook(cells=NOTEBOOKS[name].cells[-3:])), name


@each_notebook
def test_a_section_begins_with_the_cell_that_bears_its_name(name):
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type == "markdown" and (anchor := save_notebooks.ANCHOR.search(cell.source)):
            assert cell.source.startswith(anchor[0])
            assert cell.id == f"{anchor[1]}-01"


@each_notebook
def test_every_anchor_is_there_once(name):
    found = save_notebooks.ANCHOR.findall(text(NOTEBOOKS[name]))
    assert len(set(found)) == len(found)


# Numbers in the prose. What stands in code, in formulas and in the targets of links is no
# prose, and these numbers are not results: of lists, dimensions, chapters and pages, of
# minutes and hours to plan with, of years, and whatever stands in a line of references.
NOT_PROSE = [
    r"\$\$.*?\$\$",
    r"\$[^$\n]+\$",
    r"\]\([^)\s]*\)",
    r"<[^<>]*>",
    r"https?://\S+",
]
NO_RESULT = [
    r"^#+ \d+\.",
    r"^\s*\d+\. ",
    r"\b\d-D\b",
    r"(?:chapter|section|table|figure|exercise|lecture|volume|page|pages|pp?\.)s? "
    r"[\d.]+(?:(?:,| and| to|\s?[-–])\s?[\d.]+)*",
    r"(?:EoLA|EoC|MML|DLB|CT|ESL)\W{1,3}\d[\d.]*(?:(?:,| and|\s?[-–])\s?\d[\d.]*)*",
    r"\d+(?:\s?(?:to|-|–)\s?\d+)?\s(?:minutes?|hours?)\b",
    r"\((?:[^()]*\D)?(?:1[6-9]|20)\d\d\)",
    r"\b(?:in|since|of|from) (?:1[6-9]|20)\d\d\b",
]
NUMBER = re.compile(r"(?<![\w.])[-+−]?\d+(?:[ ,]\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")


def numbers(string):
    """Return the numbers in a text, as they are written there."""
    return [n.translate(str.maketrans("−", "-", " ,+")) for n in NUMBER.findall(string)]


def claimed_numbers(cells):
    """Return the numbers that the sentences of a section state, with a % where they have one."""
    string = save_notebooks.prose(cells)
    for pattern in NOT_PROSE + NO_RESULT:
        string = re.sub(pattern, " ", string, flags=re.DOTALL | re.MULTILINE)
    string = re.sub(r"(?<=\d)\s?(?:%|percent|per cent)", "e-2", string)
    return numbers(string)


def shown_numbers(cells):
    """Return the numbers in the code of a section and in what it prints."""
    parts = []
    for cell in cells:
        if cell.cell_type == "code":
            parts.append(cell.source)
            for output in cell.outputs:
                parts.append(output.get("text", ""))
                parts.append(output.get("data", {}).get("text/plain", ""))
    string = re.sub(r"(?<=\d)\s?(?:%|percent|per cent)", "e-2", "\n".join(parts))
    # In code a comma separates: [1,200] holds two numbers, 1,200 in a printed text is one.
    return {float(n) for n in numbers(string) + numbers(string.replace(",", ", "))}


def is_shown(claim, shown):
    """Tell whether a number is among those shown, or is one of them rounded."""
    digits = claim.partition("e")[0].lstrip("-")
    unit = 10.0 ** (int(claim.partition("e")[2] or 0) - len(digits.partition(".")[2]))
    value = float(claim)
    slack = unit / 2 if len(digits.replace(".", "")) > 1 else 0.0
    return any(abs(abs(value) - abs(s)) <= slack + 1e-12 * (1 + abs(s)) for s in shown)


@each_notebook
def test_every_number_in_the_prose_is_computed_in_its_section_or_is_an_input(name):
    everything = shown_numbers(NOTEBOOKS[name].cells)
    missing = []
    for anchor, cells in save_notebooks.sections(NOTEBOOKS[name]):
        # A part without code, such as a summary, speaks of the whole notebook.
        has_code = any(cell.cell_type == "code" for cell in cells)
        shown = shown_numbers(cells) if has_code else everything
        missing += [(anchor, n) for n in claimed_numbers(cells) if not is_shown(n, shown)]
    assert missing == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("The norm is 3.74, and its square is 14.", []),
        ("The norm is 3.7.", []),
        ("The norm is 3.75.", ["3.75"]),
        ("One component holds 99.99% of it.", []),
        ("One component holds 99.98% of it.", ["99.98e-2"]),
        ("There are 5,574 messages.", []),
        ("There are 5,575 messages.", ["5575"]),
        ("It falls to −3.", []),
        ("It falls to 4.", ["4"]),
        ("As $x = 77$ and `y = 78` say ([here](#s79)), see section 8.1 and MML 3.1-3.4.", []),
    ],
)
def test_a_number_that_no_cell_computes_is_found(sentence, missing):
    cells = new_notebook(
        cells=[
            new_markdown_cell(sentence),
            new_code_cell(
                "v = [1, 2, -3]\nprint(norm(v))",
                outputs=[new_output("stream", text="3.7417\n14\n0.9999\n5574\n")],
            ),
        ]
    ).cells
    found = [n for n in claimed_numbers(cells) if not is_shown(n, shown_numbers(cells))]
    assert found == missing
