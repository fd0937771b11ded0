"""What is said in more than one place agrees: dependencies, commands, versions, pictures."""

import ast
import json
import os
import pathlib
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
import yaml

import mlmath_helpers
import save_notebooks
import save_pictures
from mlmath_helpers.exercises import add_exercises, check
from mlmath_helpers.exercises._engine import session

ROOT = pathlib.Path(__file__).parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def code_blocks(language=""):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_environment_yml_asks_for_what_pyproject_toml_asks_for():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    conda = set(re.findall(r"^  - ([a-z-]+>=\S+)$", text, re.MULTILINE))
    needed = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    assert conda == {f"python{PROJECT['requires-python']}", *needed}


def test_every_dependency_has_a_lower_bound_and_no_upper_one():
    # But for the tools of the site, whose versions the browser's Python dictates.
    extras = [
        all_of for extra, all_of in PROJECT["optional-dependencies"].items() if extra != "site"
    ]
    for requirement in sum(extras, PROJECT["dependencies"]):
        assert re.fullmatch(r"[a-z-]+>=[\d.]+", requirement)


def test_what_the_course_imports_it_asks_for():
    # The commands ask for more (`mlmath lab` for JupyterLab), and say so where it is missing.
    files = set((ROOT / "mlmath_helpers").rglob("*.py"))
    files -= set((ROOT / "mlmath_helpers" / "_commands").rglob("*.py"))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    imports = [node for tree in trees for node in ast.walk(tree)]
    roots = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    roots |= {n.module for n in imports if isinstance(n, ast.ImportFrom) and not n.level}
    others = {root.partition(".")[0] for root in roots} - sys.stdlib_module_names
    # Pictures are matplotlib's own interface too, as traits and the shell are that of ipywidgets.
    others -= {"mlmath_helpers", "PIL", "IPython", "traitlets"}
    assert others <= {re.split("[>=]", needed)[0] for needed in PROJECT["dependencies"]}


def test_what_brings_jupyterlab_is_one_extra_which_the_tools_for_tests_contain():
    extras = PROJECT["optional-dependencies"]
    assert [needed.partition(">=")[0] for needed in extras["lab"]] == ["jupyterlab"]
    assert set(extras["lab"]) <= set(extras["dev"])
    assert not any("jupyter" in needed for needed in PROJECT["dependencies"])


def test_the_version_is_the_same_everywhere():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {mlmath_helpers.__version__}\n" in citation
    assert metadata.version("mlmath-course") == mlmath_helpers.__version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (.*)\n\n(?:.*\n)*?\n", changes, re.M)
    if newest[1] == "Unreleased" and "\n## " not in changes[newest.end() :]:
        assert f"prints, {mlmath_helpers.__version__}, is the one that will be" in newest[0]
    else:
        released = re.search(r"^## \[?(\d[\w.]*)", changes, re.M)
        assert released[1] == mlmath_helpers.__version__
    limits = (ROOT / ".github" / "KNOWN_LIMITS.md").read_text(encoding="utf-8")
    assert f"\nversion {mlmath_helpers.__version__}, on " in limits
    assert f"`mlmath_course-{mlmath_helpers.__version__}-py3-none-any.whl`" in README


def test_uv_keeps_the_older_jupyterlab_of_the_site_apart_from_the_learners():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]
    apart = [{one["extra"] for one in pair} for pair in settings["conflicts"]]
    assert apart == [{"site", "lab"}, {"site", "dev"}]
    (older,) = [n for n in PROJECT["optional-dependencies"]["site"] if n.startswith("jupyterlab>")]
    border = older.rpartition("<")[2]
    assert settings["constraint-dependencies"] == [f"jupyterlab>={border}; extra != 'site'"]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/uv.lock" in ignored


def test_nothing_installs_the_course_by_a_name_that_it_does_not_own():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / ".github").rglob("*.[ym]*")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / ".devcontainer").iterdir()]
    texts += [README, CONTRIBUTING, (ROOT / "environment.yml").read_text(encoding="utf-8")]
    texts += [
        path.read_text(encoding="utf-8") for path in (ROOT / ".ci").glob("*") if path.is_file()
    ]
    commands = (ROOT / "mlmath_helpers" / "_commands").glob("*.py")
    texts += [path.read_text(encoding="utf-8") for path in commands]
    lines = [line for text in texts for line in text.splitlines() if "install" in line]
    assert len(lines) > 10
    assert [line for line in lines if re.search(r"\binstall\b[^;|&]*\bmlmath", line)] == []
    for needed in sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"]):
        assert not needed.startswith("mlmath")


def test_the_container_for_codespaces_sets_up_what_is_there():
    folder = ROOT / ".devcontainer"
    settings = json.loads((folder / "devcontainer.json").read_text(encoding="utf-8"))
    image = (folder / settings["build"]["dockerfile"]).read_text(encoding="utf-8")
    version = re.search(r"^FROM python:3\.(\d+)$", image, re.M)[1]
    assert int(version) >= int(PROJECT["requires-python"].removeprefix(">=3."))
    assert f" {settings['remoteUser']}\n" in image
    assert settings["postCreateCommand"] == "make install && .venv/bin/mlmath copy my"
    (opened,) = settings["customizations"]["codespaces"]["openFiles"]
    assert (ROOT / "notebooks" / pathlib.PurePosixPath(opened).name).exists()


def test_help_lists_every_command():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = " ".join(re.findall(r"^\.PHONY: (.*)", makefile, re.MULTILINE)).split()
    listed = set(re.findall(r"@echo 'make ([\w-]+)", makefile))
    assert listed == set(commands) - {"help"}


def test_make_test_starts_no_process_that_builds_the_grammars_of_addresses():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (path,) = re.findall(r"^WITHOUT := PYTHONPATH=\"\$\(CURDIR\)/([\w./]+)", makefile, re.M)
    assert re.findall(r"^\t@\$\(WITHOUT\) .* (\S+)$", makefile, re.M) == ["$(PYTEST)"] * 2
    finished = subprocess.run(
        [sys.executable, "-c", "import sys, nbformat; sys.exit('lark' in sys.modules)"],
        env=os.environ | {"PYTHONPATH": str(ROOT / path)},
        check=False,
    )
    assert finished.returncode == 0


def test_every_make_command_in_the_readme_and_for_authors_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"[`\n]make ([\w-]+)", README + CONTRIBUTING)
    assert len(set(commands)) > 8
    for command in commands:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)


def test_the_workflow_runs_the_lines_that_the_readme_gives_for_windows():
    (block,) = [block for block in code_blocks() if "Scripts" in block]
    for line in block.splitlines():
        # JupyterLab itself would never return: there the workflow asks for its version.
        flag = " --version" if "mlmath lab" in line else ""
        assert re.search(rf"^\s*(- run: )?{re.escape(line + flag)}$", WORKFLOW, re.MULTILINE)


@pytest.mark.parametrize("document", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_path_that_the_page_names_exists(document):
    named = re.findall(r"`([\w/.]+/[\w/.]*|[\w.]+\.(?:toml|yml|cff|md))`", document)
    named += re.findall(r'(?:\]\(|src=")([^)"]+)', document)
    named = {n for n in named if "seesaw" not in n}  # the section that is only told of
    assert len(named) > 10
    made = {"my/", "_site/", "_site/pdf/", ".venv/bin/python", ".venv/bin/mlmath"}  # by commands
    for target in named - made:
        path, _, anchor = target.partition("#")
        assert (ROOT / path).exists(), target
        if path:
            here = (ROOT / path).read_text(encoding="utf-8") if anchor else ""
            cell = anchor.removeprefix("cell-id=")
            assert f'"id": "{cell}"' in here or not anchor, target
        else:  # a heading of the page itself
            headings = [
                h.lower().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", document, re.M)
            ]
            assert anchor in headings, target


def test_the_forms_for_issues_ask_for_what_the_readme_asks():
    forms = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")
    }
    assert forms.pop("config").keys() == {"blank_issues_enabled"}
    for form in forms.values():  # what the host needs to show a form at all
        assert form.keys() >= {"name", "description", "body"}
        ids = [part["id"] for part in form["body"]]
        assert len(set(ids)) == len(ids)
        for part in form["body"]:
            assert part["type"] in {"input", "textarea", "dropdown"}
            assert part["attributes"]["label"]
    labels = [part["attributes"]["label"] for part in forms["error"]["body"]]
    for asked in ("which cell or command", "saw", "expect", "print"):
        assert asked in README.replace("\n", " ")
        assert any(asked.replace("saw", "see") in label.lower() for label in labels), asked
    for page in (README, CONTRIBUTING, str(forms["error"]["body"])):
        assert ".venv/bin/mlmath versions" in page


def test_the_hooks_need_neither_make_nor_the_folder_of_a_venv():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["id"] for hook in hooks} == {"format", "style", "notebooks"}
    for hook in hooks:
        command = hook["entry"].split()
        assert command[:2] == ["python", "-m"]
        assert hook["language"] == "system"
        paths = [word for word in command if word.endswith(".py")]
        assert all((ROOT / path).is_file() for path in paths)


def test_the_readme_says_truly_which_notebooks_there_are():
    rows = re.findall(r"^\| `(\d\d_\w+)` .*\| ([^|]*) \|$", README, re.MULTILINE)
    there = {name for name, today in rows if today != "planned"}
    assert there == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


CHAPTERS = sorted((ROOT / "notebooks").glob("0[1-9]_*.ipynb"))


def numbered_sections(path):
    """Return number and first cell of each section of a chapter, its summary left out."""
    cells = [
        cell for _, cells in save_notebooks.sections(save_notebooks.read(path)) for cell in cells
    ]
    headings = [(re.search(r"^## (\d+)\.", cell.source, re.M), cell.id) for cell in cells]
    return [(int(heading[1]), name) for heading, name in headings if heading]


each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


@each_chapter
def test_the_numbers_of_the_sections_rise_as_one_reads(path):
    numbers = [number for number, _ in numbered_sections(path)]
    assert numbers == sorted(set(numbers)), f"{path.name}: move the section, or number it anew"


@each_chapter
def test_the_readme_lists_every_section_of_a_chapter_in_order_and_counts_them(path):
    (row,) = re.findall(rf"^\| `{path.stem}` \|.*$", README, re.M)
    sections = numbered_sections(path)
    links = re.findall(rf"\(notebooks/{path.name}#cell-id=([\w-]+)\)", row)
    wanted = [f"[its name](notebooks/{path.name}#cell-id={name})" for _, name in sections]
    where = f"README.md, the row of {path.stem}"
    assert links == [name for _, name in sections], f"{where}: link to {', '.join(wanted)}"
    today = row.split("|")[-2].strip()
    total = re.fullmatch(rf"{len(sections)} of (\d+) sections", today)
    count = f'write "{len(sections)} of {max(sections)[0]} sections" or of more, or "complete"'
    assert today == "complete" or total, f"{where}, last column: {count}"
    assert today == "complete" or int(total[1]) >= max(sections)[0], f"{where}: {count}"


def rows_of_contents(path):
    """Return number, link and minutes of each row of a chapter's contents."""
    contents = save_notebooks.read(path).cells[0].source
    row = r"^\| \[section (\d+)\]\(#cell-id=([\w-]+)\): [^|]*\|[^|]*\| (\d+)\sminutes \|$"
    found = re.findall(row, contents, re.M)
    return [(int(number), name, int(minutes)) for number, name, minutes in found]


@each_chapter
def test_the_contents_of_a_chapter_list_every_section_by_its_number_in_order(path):
    rows = [(number, name) for number, name, _ in rows_of_contents(path)]
    for number, name in numbered_sections(path):
        row = f"| [section {number}](#cell-id={name}): its name | its question | NN minutes |"
        assert (number, name) in rows, f"{path.name}, first cell, contents: write {row}"
    assert rows == numbered_sections(path), f"{path.name}, first cell: order the contents"


@each_chapter
def test_the_hours_of_a_chapter_are_the_minutes_of_its_contents_to_the_nearest_half(path):
    minutes = sum(minutes for _, _, minutes in rows_of_contents(path))
    hours, half = divmod((minutes + 15) // 30, 2)
    (row,) = re.findall(rf"^\| `{path.stem}` \|.*$", README, re.M)
    written = f"{hours}{'½' * half}"
    where = f"{minutes} minutes in the contents: write"
    place = f"in the fourth column of the row of {path.stem} in README.md"
    assert row.split("|")[-3].strip() == written, f"{where} {written} {place}"
    page = (ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8")
    said = f"{hours}{'.5' * half}\N{NO-BREAK SPACE}hours"
    place = f"at the end of {path.name}'s row in 00_start_here.ipynb, *The map of the course*"
    there = re.search(rf"\]\({path.name}#cell-id=opening-01\) \|.*\| {said} \|", page)
    assert there, f"{where} {said} (the space is U+00A0) {place}"


def test_the_pictures_of_the_readme_say_what_the_explorers_say():
    assert save_pictures.row() in README  # if not: make pictures


def test_the_example_exercise_of_the_readme_can_be_added(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(session, "chapters", dict(session.chapters))  # for this test only
    file = tmp_path / "homework.py"
    file.write_text(code_blocks("python")[0], encoding="utf-8")
    add_exercises(file)

    def mean(x):
        return sum(x)

    check(mean)
    assert "divide it by how many there are" in capsys.readouterr().out
