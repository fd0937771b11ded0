"""Starting JupyterLab as `mlmath lab` does: what it says, and when it says that it cannot."""

import http.cookiejar
import importlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest

from mlmath_helpers._commands import main

ROOT = pathlib.Path(__file__).parents[2]
JUPYTERS_FOLDERS = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]


@pytest.fixture(scope="module")
def lab():
    """Return the module; it brings JupyterLab in, which whoever only collects can do without."""
    return importlib.import_module("mlmath_helpers._commands.server")


@pytest.fixture
def course(lab, tmp_path, monkeypatch):
    """A course of the first notebook, beside the current folder, of a new user of Jupyter."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / lab.FIRST, tmp_path / "notebooks")
    monkeypatch.setattr(lab, "notebooks", lambda: tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    for name in JUPYTERS_FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / "jupyter" / name))
        (tmp_path / "jupyter" / name).mkdir(parents=True)
    return tmp_path


def lab_process(*flags):
    """Start the course in a process of its own."""
    command = [sys.executable, "-m", "mlmath_helpers", "lab", *flags]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )


def test_a_start_says_the_address_and_an_end_says_where_the_work_is(lab, course):
    with lab_process("--allow-root", "--no-browser") as process:
        copied, address = process.stdout.readline(), process.stdout.readline()
        url = re.search(r"the course is at (http://localhost:\d+/\S+\?token=\w+) \(", address)[1]
        # Whoever follows the address sees JupyterLab on the first notebook, and is let in.
        visitor = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        with visitor.open(url, timeout=60) as page:
            assert urllib.parse.urlsplit(page.url).path == f"/lab/tree/{lab.FIRST}"
            assert 'id="jupyter-config-data"' in page.read().decode()
        settings = url.replace(f"lab/tree/{lab.FIRST}", "lab/api/settings/{}")
        for plugin, values in json.loads((lab.SETTINGS / "overrides.json").read_text()).items():
            with visitor.open(settings.format(plugin), timeout=60) as answer:
                properties = json.load(answer)["schema"]["properties"]
            assert {name: properties[name]["default"] for name in values} == values
        # While notebooks may be open, none is renewed.
        (line,) = lab.prepared(lab.MINE)
        assert re.match(r"my is open at http://localhost:\d+/ already: ", line)
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
        else:  # there is no Ctrl+C for another process
            end = urllib.parse.urlsplit(url)._replace(path="/api/shutdown").geturl()
            urllib.request.urlopen(urllib.request.Request(end, method="POST"), timeout=60)
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert lab.prepared(lab.MINE) == []
    names = ", ".join(path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb")))
    assert copied == f"mlmath: copied to my/, for you to work in: {names}\n"
    assert rest == f"mlmath: ended; your notebooks are in {course / 'my'}\n"


def test_the_flags_that_are_recommended_are_jupyterlabs(lab):
    """Those of the README, of `make` alone and of the messages."""
    files = [ROOT / "README.md", ROOT / "Makefile", pathlib.Path(lab.__file__)]
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    examples = re.findall(r"""LAB_FLAGS=(?:'([^']+)'|"([^"]+)"|(--\S+))""", texts)
    assert len(examples) >= 7
    server = lab.CourseServer()
    known = {*server.aliases, *server.flags}
    for example in examples:
        for flag in "".join(example).split():
            assert re.match(r"--([\w-]+)", flag)[1] in known, flag


def test_a_port_that_is_busy_is_said_and_no_other_is_taken(course):
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        with lab_process("--allow-root", "--no-browser", f"--port={port}") as process:
            said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    refusal = f"mlmath: localhost:{port} cannot be had ("
    assert sum(line.startswith(refusal) for line in said.splitlines()) == 1
    assert f"make lab LAB_FLAGS=--port={port + 1}" in said
    # What has come to the notebooks is said even so, and nothing else.
    assert "mlmath: copied to my/" in said
    assert len(said.splitlines()) == 2


def test_root_is_told_how_to_start(lab, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    with pytest.raises(SystemExit, match=r"LAB_FLAGS='--allow-root --ip=0\.0\.0\.0'"):
        lab.CourseServer().start_app()


def test_a_file_in_the_place_of_the_learners_folder_is_named(lab, course):
    (course / "my").write_text("")
    with pytest.raises(SystemExit, match="my is to be your folder"):
        lab.prepared(lab.MINE)


def test_without_one_notebook_there_is_nothing_to_open(lab, course):
    (course / "my" / f".{lab.FIRST}.new").mkdir(parents=True)  # in the way of writing it
    with pytest.raises(SystemExit, match=rf"mlmath: my/{lab.FIRST}: could not be written"):
        lab.prepared(lab.MINE)


def test_the_copy_is_made_where_the_command_is_called(lab, course, monkeypatch):
    monkeypatch.chdir(course / "jupyter")
    assert len(lab.prepared(lab.MINE)) == 1
    assert (course / "jupyter" / "my" / lab.FIRST).exists()
    assert not (course / "my").exists()


def test_a_folder_that_is_not_there_is_named(lab, course):
    with pytest.raises(SystemExit, match="there is no folder typo"):
        lab.prepared(pathlib.Path("typo"))


def test_another_folder_than_the_learners_is_opened_as_it_is(lab, course):
    before = (course / "notebooks" / lab.FIRST).read_bytes()
    assert lab.prepared(pathlib.Path("notebooks")) == []
    assert not (course / "my").exists()
    assert (course / "notebooks" / lab.FIRST).read_bytes() == before


def test_a_python_without_jupyterlab_is_told_how_to_get_it(tmp_path):
    script = (
        "import sys; sys.modules['jupyterlab'] = None; "
        "from mlmath_helpers._commands import main; main(['lab'])"
    )
    command = [sys.executable, "-c", script]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert line.startswith("mlmath: JupyterLab is not in this Python (")
    assert "): python -m pip install jupyterlab " in line
    assert list(tmp_path.iterdir()) == []


def test_help_is_given_without_jupyterlab_and_without_a_copy(course, capsys):
    assert main(["lab", "--help"]) is None
    assert capsys.readouterr().out.startswith("usage: mlmath lab [FOLDER] [FLAGS]")
    assert not (course / "my").exists()


def test_the_settings_that_older_versions_wrote_are_removed_and_no_others(
    lab, tmp_path, monkeypatch
):
    overrides = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    overrides.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    lab.remove_settings_of_older_versions()
    ours = """{
  "@jupyterlab/apputils-extension:notification": {
    "checkForUpdates": false,
    "fetchNews": "false"
  }
}
"""
    overrides.write_text(ours.replace("false,", "true,"))
    lab.remove_settings_of_older_versions()
    assert overrides.exists()
    overrides.write_text(ours)
    lab.remove_settings_of_older_versions()
    assert not overrides.exists()


def test_kernels_start_with_one_thread_of_blas_and_what_was_set_by_hand_stays(
    lab, course, monkeypatch
):
    started = []
    monkeypatch.setattr(lab.LabApp, "launch_instance", lambda _: started.append(dict(os.environ)))
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    lab.start([])
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    lab.start([])
    assert [environment["OPENBLAS_NUM_THREADS"] for environment in started] == ["1", "2"]


def test_the_tests_and_their_kernels_have_one_thread_of_blas():
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
