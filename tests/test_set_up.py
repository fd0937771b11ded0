"""Setting up the environment: what is done anew, and one line for what cannot be done.

The Python that is found is the one of these tests, but for making environments and installing,
which take minutes: of these it notes only that it was asked. (On Windows there is no `make`;
README.md gives the lines that are typed there.)
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tomllib

import pytest

ROOT = pathlib.Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOOLS = ["sh", "sed", "cksum", "cat", "grep", "rm", "mkdir", "cp", "chmod"]
PYTHON = f"""#!/bin/sh
echo "$BANNER"
case "$1 $2" in
    "-m venv") rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; echo "made $4" ;;
    "-m pip") echo "installed"; {{ echo "$PIP_SAYS" >&2; }}; exit "$PIP_RETURNS" ;;
    *) exec '{sys.executable}' "$@" ;;
esac
"""
BANNER = "Welcome to Python 3.99\n3.99"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are not used on Windows")


@pytest.fixture
def course(tmp_path):
    """A folder with what set_up reads, and a PATH with nothing but the tools that it uses."""
    (tmp_path / ".ci").mkdir()
    for name in [".ci/set_up", "pyproject.toml"]:
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    add_program(tmp_path / "bin" / "python3", PYTHON)
    return tmp_path


def add_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def set_up(course, **environment):
    """Run it, and return its code, its own lines, and what was made and installed."""
    defaults = {"PATH": str(course / "bin"), "BANNER": "", "PIP_SAYS": "", "PIP_RETURNS": "0"}
    finished = subprocess.run(
        [shutil.which("sh"), ".ci/set_up", ".venv"],
        cwd=course,
        env=defaults | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = finished.stderr.splitlines()
    done = [line for line in finished.stdout.splitlines() if line in ("made .venv", "installed")]
    return finished.returncode, said, done


def test_an_environment_is_made_once(course):
    code, said, done = set_up(course)
    assert (code, done) == (0, ["made .venv", "installed"])
    assert all(line.startswith("mlmath: ") for line in said)
    assert set_up(course) == (0, [], [])


def test_what_a_python_says_besides_is_not_its_version(course):
    assert set_up(course, BANNER=BANNER)[0] == 0
    assert set_up(course, BANNER="another one") == (0, [], [])


def test_a_python_that_says_something_and_fails_is_not_working(course):
    add_program(course / "bin" / "python3", "#!/bin/sh\necho 'Welcome to Python 3.12'\nexit 1\n")
    code, (line,), done = set_up(course)
    assert (code, done) == (1, [])
    assert "(python3 is not working): install it, or name it: make PYTHON=" in line
    (course / "bin" / "python3").unlink()
    assert "(no python3 was found)" in set_up(course)[1][0]


@pytest.mark.parametrize("version", ["2.7.18", "3.10.12"])
def test_a_python_that_is_too_old_is_named_with_its_version(course, version):
    old = f"#!/bin/sh\necho hello; echo; echo 'mlmath: {version}'\n"
    add_program(course / "bin" / "python3", old)
    assert f"(python3 is {version})" in set_up(course)[1][0]
    assert f"PYTHON=python3 is {version}" in set_up(course, PYTHON="python3")[1][0]
    assert "PYTHON=nowhere is not working" in set_up(course, PYTHON="nowhere")[1][0]


@pytest.mark.parametrize("broken", ["missing", "of another machine", "failing"])
def test_an_environment_whose_python_does_not_run_is_made_anew(course, broken):
    set_up(course)
    python = course / ".venv" / "bin" / "python"
    if broken == "missing":
        python.unlink()
        python.symlink_to(course / "nowhere")
    elif broken == "of another machine":
        python.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(57))
    else:
        add_program(python, "#!/bin/sh\necho banner\nexit 1\n")
    code, said, done = set_up(course)
    assert (code, done) == (0, ["made .venv", "installed"])
    assert all(line.startswith("mlmath: ") for line in said)
    assert set_up(course) == (0, [], [])


def test_an_environment_that_was_left_half_made_is_finished(course):
    assert set_up(course, PIP_RETURNS="1", PIP_SAYS="killed")[0] == 1
    code, _, done = set_up(course)
    assert (code, done) == (0, ["installed"])


def test_what_has_changed_is_installed_anew(course):
    set_up(course)
    with (course / "pyproject.toml").open("a") as file:
        file.write("\n")
    code, _, done = set_up(course)
    assert (code, done) == (0, ["installed"])


def test_another_version_of_python_is_noticed(course):
    set_up(course)
    add_program(
        course / ".venv" / "bin" / "python",
        PYTHON.replace("*)", '-c*platform*) echo "mlmath: 3.98.1" ;;\n    *)'),
    )
    code, _, done = set_up(course)
    assert (code, done) == (0, ["installed"])


def test_an_environment_from_which_uv_has_taken_pip_is_made_anew(course):
    set_up(course)
    add_program(
        course / ".venv" / "bin" / "python",
        PYTHON.replace("case", '[ "$2" = "import pip" ] && exit 1\ncase', 1),
    )
    code, said, done = set_up(course)
    assert (code, done) == (0, ["made .venv", "installed"])
    assert said[0].startswith("mlmath: .venv has no pip, as when uv has been at work there")
    assert set_up(course) == (0, [], [])


@pytest.mark.parametrize(
    ("summary", "done"),
    [
        (PROJECT["description"], ["made .venv", "installed", "installed"]),
        ("Another project of that name", ["made .venv", "installed"]),
    ],
)
def test_the_course_under_its_old_name_is_taken_out_and_another_project_is_not(
    course, summary, done
):
    old = course / "packages" / "mlmath-0.1.0.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text(f"Metadata-Version: 2.1\nName: mlmath\nSummary: {summary}\n")
    assert set_up(course, PYTHONPATH=str(course / "packages"))[::2] == (0, done)


def test_a_missing_network_is_one_line(course):
    refused = (
        "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\n"
        "ERROR: No matching distribution found for hatchling>=1.27"
    )
    code, said, _ = set_up(course, PIP_RETURNS="1", PIP_SAYS=refused)
    assert code == 1
    assert len(said) == 3  # that it is made, that it is installed, and this
    assert "mlmath: the network could not be reached" in said[-1]
    assert "No matching distribution" in (course / ".venv" / "mlmath-errors.txt").read_text()


def test_pip_says_that_the_network_is_missing_in_words_that_are_known():
    # A real pip, with nothing but a closed port for an index.
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--retries=1",
        "mlmath-nothing",
    ]
    environment = {key: text for key, text in os.environ.items() if not key.startswith("PIP_")}
    finished = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment | alone
    )
    text = (ROOT / ".ci" / "set_up").read_text(encoding="utf-8")
    known = [word for word in text.replace("'", " ").split() if word.endswith("Error")]
    assert finished.returncode == 1
    assert any(word in finished.stderr for word in known)


def test_another_failure_of_pip_is_shown(course):
    code, said, _ = set_up(course, PIP_RETURNS="1", PIP_SAYS="ERROR: No space left on device")
    assert code == 1
    assert said[-2:] == [
        "ERROR: No space left on device",
        "mlmath: the course could not be installed, for the reason above",
    ]


def test_an_environment_that_cannot_be_made_is_said(course):
    refusing = PYTHON.replace('mkdir -p "$4/bin"', "echo 'no room' >&2; exit 1")
    add_program(course / "bin" / "python3", refusing)
    code, said, _ = set_up(course)
    assert code == 1
    assert said[-2:] == ["no room", "mlmath: .venv could not be made, for the reason above"]
