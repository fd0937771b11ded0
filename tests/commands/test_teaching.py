"""The page for teachers says what the notebooks say: minutes, sections, what builds on what."""

import argparse
import re
from importlib import import_module

import pytest

import save_notebooks
from mlmath_helpers._commands import grade, release, sections

PAGE = (save_notebooks.ROOT / ".github" / "TEACHING.md").read_text(encoding="utf-8")
ROWS = [row.split(" | ") for row in re.findall(r"^\| (\d+ \|.*) \|$", PAGE, re.MULTILINE)]
SECTIONS = {
    section.anchor: section
    for section in sections.all_sections()
    if section.notebook.stem != "00_start_here"
}
CHAPTERS = sorted({section.notebook for section in SECTIONS.values()})


def minutes():
    """Return the minutes of each section, as the contents of its notebook give them."""
    row = re.compile(r"#cell-id=([\w-]+)-01\)[^|]*\|[^|]*\| (\d+)")
    firsts = (sections.text_of(sections.parts(path)[0][0]) for path in CHAPTERS)
    return {name: int(number) for first in firsts for name, number in row.findall(first)}


def builds_on(section):
    """Return the sections that a section names in *Builds on*, in its order."""
    said = re.search(r"^\*Builds on (.*)\*$", sections.text_of(section.cells[0]), re.MULTILINE)
    names = re.findall(r"#cell-id=([\w-]+?)-\d+\)", said[1] if said else "")
    return [name for name in dict.fromkeys(names) if name in SECTIONS]


def weeks():
    return [(re.findall(r"\[([\w-]+)\]\(", row[1]), row) for row in ROWS]


def test_the_weeks_hold_every_section_once_in_an_order_in_which_they_can_be_read():
    order = [name for names, _ in weeks() for name in names]
    assert sorted(order) == sorted(SECTIONS)
    assert [row[0] for row in ROWS] == [str(week) for week in range(1, len(ROWS) + 1)]
    for name in order:
        assert [b for b in builds_on(SECTIONS[name]) if order.index(b) > order.index(name)] == []


def test_a_week_has_the_minutes_of_its_sections_and_links_to_them():
    there = minutes()
    for names, row in weeks():
        assert row[2] == " + ".join(str(there[name]) for name in names)
        for name in names:
            assert f"(../notebooks/{SECTIONS[name].notebook.name}#cell-id={name}-01)" in row[1]
    assert f"together are {sum(there.values())} minutes" in PAGE


def test_a_week_shows_figures_of_its_sections_as_they_say_of_themselves():
    for names, row in weeks():
        for name in names:
            chapter = import_module(f"mlmath_helpers.explorers.{SECTIONS[name].notebook.stem[3:]}")
            shown = re.findall(r"explorers\.(\w+)\(", sections.source_of_code(SECTIONS[name].cells))
            figure = next(figure for figure in shown if f"`{figure}`" in row[3])
            (first, *_) = chapter.EXPLORERS[figure].__doc__.splitlines()
            assert f"`{figure}`: {first}" in row[3].replace("\\", "")


def test_a_week_lists_the_exercises_of_its_sections():
    for names, row in weeks():
        assert re.findall(r"`(\w+)`", row[4]) == [e for n in names for e in SECTIONS[n].exercises]


def test_graph_and_words_say_what_the_sections_say():
    wanted = {(b, name) for name, section in SECTIONS.items() for b in builds_on(section)}
    drawn = re.findall(r"^    ([\w-]+) --> ([\w-]+)$", PAGE, re.MULTILINE)
    assert set(drawn) == wanted
    assert len(drawn) == len(wanted)
    for name, section in SECTIONS.items():
        said = ", ".join(builds_on(section)) or "no other section"
        assert f"\n- **{name}** builds on {said}\n" in PAGE


@pytest.mark.parametrize("command", [grade, release])
def test_the_flags_of_the_page_are_those_of_the_command_with_their_defaults(command):
    parser = command._parser()
    name = parser.prog.removeprefix("mlmath ")
    for line in re.findall(rf"mlmath {name} (.*?)(?:`|$)", PAGE, re.MULTILINE):
        if line:
            parser.parse_args(line.split())
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction) and action.option_strings:
            assert action.option_strings[0] in PAGE
    if command is grade:
        for flag in ("seconds", "notebook-seconds", "memory"):
            assert f"`--{flag} {parser.get_default(flag.replace('-', '_'))}`" in PAGE


def test_what_the_page_links_to_is_there():
    links = re.findall(r"\]\(\.\./([\w./]+)(?:#cell-id=([\w-]+))?", PAGE)
    assert len(links) > 27
    for path, cell in links:
        text = (save_notebooks.ROOT / path).read_text(encoding="utf-8")
        assert f'"id": "{cell}"' in text or not cell
