"""The learner's copies: made, kept up to date, opened without a change, never lost."""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from mlmath_helpers._commands import copy_notebooks, merge_notebooks
from mlmath_helpers._commands.course import notebooks

EXERCISE = "def f(x):\n    ...  # your code here\n\ncheck(f)"
ANSWER = EXERCISE.replace("...  # your code here", "return x")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, which is the current one, of somebody who has never used Jupyter."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter" / "data"))
    return tmp_path


@pytest.fixture
def course(here):
    """A course of one notebook."""
    (here / "notebooks").mkdir()
    publish(here, title="# Sums", exercise=EXERCISE, end="The end.")
    return here


def publish(course, **texts):
    """Write the course's notebook, a cell for each text; its names are the cells'."""
    cells = [
        (new_code_cell if "def" in text else new_markdown_cell)(text, id=name)
        for name, text in texts.items()
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3 (x)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = new_notebook(cells=cells, metadata=metadata)
    text = nbformat.writes(notebook) + "\n"
    (course / "notebooks" / "01.ipynb").write_text(text, encoding="utf-8", newline="\n")


def start(course):
    """Do what each start of the course does, and return what it says."""
    return copy_notebooks.bring_up_to_date(
        (course / "notebooks").relative_to(course), (course / "my").relative_to(course)
    )


def copy(course):
    return nbformat.read(course / "my" / "01.ipynb", as_version=4)


def texts(course):
    return {cell.id: cell.source for cell in copy(course).cells}


def write(course, **texts):
    """Change cells of the copy as a learner does, or add them at its end, and save."""
    trusted = is_trusted(course)
    notebook = copy(course)
    for name, text in texts.items():
        for cell in notebook.cells:
            if cell.id == name:
                cell.source = text
                break
        else:
            notebook.cells.append(new_code_cell(text, id=name))
    nbformat.write(notebook, course / "my" / "01.ipynb")
    if trusted:
        with signatures() as notary:
            notary.sign(copy(course))


@contextlib.contextmanager
def signatures():
    pathlib.Path(os.environ["JUPYTER_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    notary = NotebookNotary(data_dir=os.environ["JUPYTER_DATA_DIR"])
    with contextlib.closing(notary.store):
        yield notary


def is_trusted(course):
    with signatures() as notary:
        return notary.check_signature(copy(course))


def as_by_an_older_version(course):
    """Make the copy as versions did that kept the checksum only."""
    (course / "my").mkdir()
    source = (course / "notebooks" / "01.ipynb").read_bytes()
    (course / "my" / "01.ipynb").write_bytes(source)
    record = {"01.ipynb": hashlib.sha256(source).hexdigest()}
    (course / "my" / ".copied.json").write_text(json.dumps(record))


def test_the_first_start_copies_the_notebooks(course):
    assert start(course) == ["copied to my/, for you to work in: 01.ipynb"]
    assert texts(course) == {"title": "# Sums", "exercise": EXERCISE, "end": "The end."}
    original = course / "my" / ".copied" / "01.ipynb"
    assert original.read_bytes() == (course / "notebooks" / "01.ipynb").read_bytes()


def test_a_copy_is_what_jupyterlab_would_save_with_its_kernel(course):
    start(course)
    kernel, client = start_new_kernel(kernel_name="python3")
    try:
        reply = client.kernel_info(reply=True, timeout=60)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert copy(course).metadata.language_info == reply["content"]["language_info"]
    spec = kernel.kernel_spec
    assert copy(course).metadata.kernelspec == {
        "display_name": spec.display_name,
        "language": spec.language,
        "name": "python3",
    }
    before = (course / "my" / "01.ipynb").read_bytes()
    write(course)
    assert (course / "my" / "01.ipynb").read_bytes() == before


def test_a_copy_is_trusted_from_the_first_time_it_is_opened(course):
    start(course)
    assert is_trusted(course)


def test_without_a_place_for_signatures_the_course_starts_all_the_same(course, monkeypatch):
    (course / "file").write_text("")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(course / "file" / "data"))
    assert len(start(course)) == 1
    assert texts(course)["title"] == "# Sums"


def test_nothing_is_written_or_said_while_the_course_has_not_changed(course):
    start(course)
    write(course, exercise=ANSWER)
    before = {path: path.stat().st_mtime_ns for path in (course / "my").rglob("*")}
    assert start(course) == []
    assert {path: path.stat().st_mtime_ns for path in (course / "my").rglob("*")} == before


def test_a_copy_without_changes_becomes_the_new_edition(course):
    start(course)
    publish(course, title="# Sum", new="New.", exercise=EXERCISE, end="The end.")
    assert start(course) == ["my/01.ipynb: the course's new edition, 2 cells new or corrected"]
    assert list(texts(course)) == ["title", "new", "exercise", "end"]
    assert texts(course)["title"] == "# Sum"
    assert is_trusted(course)
    assert [path.name for path in (course / "my").glob("*.ipynb")] == ["01.ipynb"]
    assert start(course) == []


def test_running_a_notebook_is_no_change_of_it(course):
    start(course)
    notebook = copy(course)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="not written yet")]
    notebook.cells.append(new_code_cell(""))  # JupyterLab adds one after the last that is run
    nbformat.write(notebook, course / "my" / "01.ipynb")
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    assert start(course) == ["my/01.ipynb: the course's new edition, 1 cell new or corrected"]
    assert texts(course) == {"title": "# Sum", "exercise": EXERCISE, "end": "The end."}


def test_answers_are_carried_over_and_the_old_copy_is_kept(course):
    start(course)
    write(course, exercise=ANSWER, mine="1 + 1")
    old = (course / "my" / "01.ipynb").read_bytes()
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    (line,) = start(course)
    found = re.fullmatch(
        r"my/01\.ipynb: the course's new edition, 1 cell new or corrected, with 2 cells of yours; "
        r"your old one is (01\.before-\d{4}-\d\d-\d\d\.ipynb)",
        line,
    )
    assert (course / "my" / found[1]).read_bytes() == old
    assert texts(course) == {
        "title": "# Sum", "exercise": ANSWER, "end": "The end.", "mine": "1 + 1",
    }  # fmt: skip
    assert is_trusted(course)
    assert start(course) == []


def test_no_old_copy_is_ever_overwritten(course):
    start(course)
    write(course, exercise=ANSWER)
    for number in range(3):
        publish(course, title=f"# Sum {number}", exercise=EXERCISE, end="The end.")
        start(course)
    old = sorted((course / "my").glob("01.before-*.ipynb"), key=lambda path: len(path.name))
    assert len(old) == 3
    titles = {nbformat.read(path, as_version=4).cells[0].source for path in old}
    assert titles == {"# Sums", "# Sum 0", "# Sum 1"}


def test_a_cell_that_both_have_changed_is_said_to_be_there_twice(course):
    start(course)
    write(course, exercise=ANSWER)
    publish(course, title="# Sums", exercise="# Add.\n" + EXERCISE, end="The end.")
    (line,) = start(course)
    assert "(1 changed by the course too: both versions stand there)" in line
    sources = [cell.source for cell in copy(course).cells]
    assert sources[1:4] == ["# Add.\n" + EXERCISE, merge_notebooks.BOTH, ANSWER]


def test_a_copy_that_was_renamed_or_deleted_is_made_anew(course):
    start(course)
    write(course, exercise=ANSWER)
    (course / "my" / "01.ipynb").rename(course / "my" / "old.ipynb")
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    assert start(course) == ["copied to my/, for you to work in: 01.ipynb"]
    assert texts(course)["exercise"] == EXERCISE


def test_a_copy_that_its_learner_did_not_trust_is_not_trusted_after_an_update(course):
    start(course)
    notebook = copy(course)
    page = nbformat.v4.new_output("display_data", {"text/html": "<script>1</script>"})
    notebook.cells[1].outputs = [page]
    notebook.cells[1].source = ANSWER
    nbformat.write(notebook, course / "my" / "01.ipynb")
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    start(course)
    assert texts(course)["exercise"] == ANSWER
    assert not is_trusted(course)


@pytest.mark.parametrize("answered", [False, True])
def test_another_python_is_entered_and_is_no_change_of_the_learners(course, answered):
    start(course)
    if answered:
        write(course, exercise=ANSWER)
    notebook = copy(course)
    notebook.metadata.language_info["version"] = "3.11.0"
    nbformat.write(notebook, course / "my" / "01.ipynb")
    assert start(course) == []
    version = ".".join(str(number) for number in sys.version_info[:3])
    assert copy(course).metadata.language_info["version"].startswith(version)
    assert texts(course)["exercise"] == (ANSWER if answered else EXERCISE)


def test_a_kernel_of_the_learners_choice_stays(course):
    start(course)
    notebook = copy(course)
    notebook.metadata.kernelspec = {"display_name": "R", "language": "R", "name": "ir"}
    notebook.metadata.language_info = {"name": "R"}
    nbformat.write(notebook, course / "my" / "01.ipynb")
    start(course)
    assert copy(course).metadata == notebook.metadata


BROKEN = [None, "", "{", "[]", "7", '{"01.ipynb": 7}', '{"01.ipynb": "no checksum"}', "\udcff"]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_record_of_an_older_version_is_no_news(course, text):
    as_by_an_older_version(course)
    record = course / "my" / ".copied.json"
    if text is None:
        record.unlink()
    else:
        record.write_bytes(text.encode(errors="surrogateescape"))
    assert start(course) == []
    assert texts(course)["title"] == "# Sums"
    assert is_trusted(course)
    assert not record.exists()


@pytest.mark.parametrize("text", BROKEN)
def test_with_a_broken_record_answers_are_carried_over(course, text):
    as_by_an_older_version(course)
    write(course, exercise=ANSWER, end="My end.")
    (course / "my" / ".copied.json").unlink()
    if text is not None:
        (course / "my" / ".copied").mkdir()
        broken = course / "my" / ".copied" / "01.ipynb"
        broken.write_bytes(text.encode(errors="surrogateescape"))
    publish(course, title="# Sum", exercise="# Add.\n" + EXERCISE, end="The end.")
    (line,) = start(course)
    assert "with 1 cell of yours and, at its end, 2 cells that may be yours or the" in line
    # What differs and is no answer may be an older text of the course's.
    assert texts(course) == {
        "title": "# Sum",
        "exercise": ANSWER,
        "end": "The end.",
        "note-1": merge_notebooks.APART,
        "yours-1": "# Sums",
        "yours-2": "My end.",
    }


def test_a_copy_of_an_older_version_is_renewed_if_its_learner_has_not_changed_it(course):
    as_by_an_older_version(course)
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    assert start(course) == ["my/01.ipynb: the course's new edition, 1 cell new or corrected"]
    assert is_trusted(course)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])  # the second as git checks out on Windows
def test_the_edition_of_an_older_copy_is_found_in_the_history_of_the_course(course, line_end):
    def git(*arguments):
        author = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "core.autocrlf=false"]
        subprocess.run(["git", *author, *arguments], cwd=course, check=True, capture_output=True)

    git("init")
    git("add", "notebooks")
    git("commit", "-m", "first")
    source = course / "notebooks" / "01.ipynb"
    source.write_bytes(source.read_bytes().replace(b"\n", line_end.encode()))
    as_by_an_older_version(course)
    write(course, exercise=ANSWER)
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    git("commit", "-a", "-m", "second")
    (line,) = start(course)
    assert "1 cell new or corrected, with 1 cell of yours; your old one" in line
    assert texts(course) == {"title": "# Sum", "exercise": ANSWER, "end": "The end."}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my answers",
        "[]",
        '{"cells": []}',
        '{"cells": [], "metadata": {}, "nbformat": 3}',
        '{"cells": [7], "metadata": {}, "nbformat": 4}',
        '{"cells": [{"cell_type": "code", "source": 7}], "metadata": {}, "nbformat": 4}',
        '{"cells": [{"cell_type": "code", "source": "\\ud800"}], "metadata": {}, "nbformat": 4}',
        '{"cells": [{"cell_type": "raw", "source": "", "id": 7}], "metadata": {}, "nbformat": 4}',
    ],
)
def test_what_is_no_notebook_stays_as_it_is(course, text):
    start(course)
    (course / "my" / "01.ipynb").write_text(text)
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    (line,) = start(course)
    assert line.startswith("my/01.ipynb cannot be read as a notebook and stays as it is")
    assert (course / "my" / "01.ipynb").read_text() == text


def test_what_cannot_be_written_is_said_and_done_at_the_next_start(course):
    start(course)
    write(course, exercise=ANSWER)
    before = (course / "my" / "01.ipynb").read_bytes()
    publish(course, title="# Sum", exercise=EXERCISE, end="The end.")
    in_the_way = course / "my" / ".01.ipynb.new"
    in_the_way.mkdir()
    (line,) = start(course)
    assert re.fullmatch(
        r"my/01\.ipynb: could not be written \(.+\), nothing was changed there", line
    )
    assert (course / "my" / "01.ipynb").read_bytes() == before
    in_the_way.rmdir()
    assert "with 1 cell of yours" in start(course)[0]


def test_a_fall_between_the_copy_and_its_original_leaves_nothing_to_merge_twice(course):
    start(course)
    write(course, exercise=ANSWER, end="My end.")
    publish(course, title="# Sum", exercise=EXERCISE, end="Our end.")
    in_the_way = course / "my" / ".copied" / ".01.ipynb.new"
    in_the_way.mkdir()
    start(course)
    merged = (course / "my" / "01.ipynb").read_bytes()
    in_the_way.rmdir()
    assert start(course) == []
    assert (course / "my" / "01.ipynb").read_bytes() == merged
    assert (course / "my" / ".copied" / "01.ipynb").read_bytes() == (
        course / "notebooks" / "01.ipynb"
    ).read_bytes()


NO_JUPYTER = "import sys; sys.modules.update(nbformat=None, ipykernel=None, jupyter_client=None)"


def copy_by_command(folder, *, before=""):
    """Run `mlmath copy` in a Python of its own; return code, and lines of both kinds."""
    script = f"{before}; from mlmath_helpers._commands import main; sys.exit(main())"
    finished = subprocess.run(
        [sys.executable, "-c", f"import sys; {script.strip('; ')}", "copy", str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return finished.returncode, finished.stdout.splitlines(), finished.stderr.splitlines()


def test_the_command_copies_the_course_to_a_folder_and_then_has_nothing_new(here):
    code, (line,), said = copy_by_command("a/b")
    assert (code, said) == (0, [])
    assert line.startswith("mlmath: copied to a/b/, for you to work in: 00_start_here.ipynb, ")
    copies = {path.name for path in (here / "a" / "b").glob("*.ipynb")}
    assert copies == {path.name for path in notebooks().glob("*.ipynb")}
    assert copy_by_command("a/b") == (0, ["mlmath: nothing is new in a/b"], [])


def test_without_jupyter_the_copies_are_the_courses_own_files(here):
    assert copy_by_command("mine", before=NO_JUPYTER)[0] == 0
    for path in notebooks().glob("*.ipynb"):
        ours, copied = (
            json.loads(p.read_text(encoding="utf-8")) for p in (path, here / "mine" / path.name)
        )
        assert copied == ours
        nbformat.validate(nbformat.read(here / "mine" / path.name, as_version=4))
    nothing = (0, ["mlmath: nothing is new in mine"], [])
    assert copy_by_command("mine", before=NO_JUPYTER) == nothing
    assert copy_by_command("mine") == nothing  # and with Jupyter it is no news either


def test_the_command_refuses_what_cannot_be_the_learners_folder(here):
    (here / "file").write_text("")
    for folder in ("file", "file/inside"):
        code, _, (*_, line) = copy_by_command(folder)
        assert code == 2
        assert line.startswith(f"mlmath copy: error: {pathlib.Path(folder)} cannot be made (")
    code, _, (*_, line) = copy_by_command(notebooks())
    assert code == 2
    assert "is the course's own folder: name one of yours" in line
