"""What the site takes for Pyodide is what the course has the checksums of, file by file."""

import hashlib
import json
import re
import tarfile
import tomllib
import zipfile

import pytest

import pyodide
from static_site import ROOT

NUMPY = "numpy-2.whl"


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a Pyodide of small files, which the course knows for this test."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    core = {name: digest(name.encode()) for name in pyodide.CORE}
    for name in core:
        (folder / name).write_text(name)
    (folder / NUMPY).write_bytes(b"numpy")
    entry = {"file_name": NUMPY, "sha256": digest(b"numpy")}
    lock = tmp_path / pyodide.LOCK.name
    lock.write_text(json.dumps({"info": {}, "packages": {"numpy": entry}}))
    monkeypatch.setattr(pyodide, "CORE", core)
    monkeypatch.setattr(pyodide, "LOCK", lock)
    monkeypatch.setattr(pyodide, "FROM_INDEX", [])
    return folder


def test_a_folder_whose_files_are_those_that_the_course_knows_is_taken(folder):
    pyodide.verify(folder)


@pytest.mark.parametrize("name", [*pyodide.CORE, NUMPY])
def test_a_file_that_was_changed_is_refused_by_name(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes() + b", and something else")
    with pytest.raises(pyodide.WrongFile, match=rf"{re.escape(name)} in .* is not the file"):
        pyodide.verify(folder)


@pytest.mark.parametrize("name", [*pyodide.CORE, NUMPY])
def test_a_missing_file_is_refused_by_name(folder, name):
    (folder / name).unlink()
    with pytest.raises(pyodide.WrongFile, match=f"has no {re.escape(name)}"):
        pyodide.verify(folder)


def test_what_a_folder_says_of_itself_does_not_count(folder, tmp_path):
    evil = b"not numpy"
    (folder / NUMPY).write_bytes(evil)
    entry = {"file_name": NUMPY, "sha256": digest(evil)}
    (folder / "pyodide-lock.json").write_text(json.dumps({"packages": {"numpy": entry}}))
    with pytest.raises(pyodide.WrongFile, match=NUMPY):
        pyodide.verify(folder)
    with pytest.raises(pyodide.WrongFile, match=NUMPY):
        pyodide.copy(folder, tmp_path / "site")


def test_only_what_the_course_knows_is_copied_and_no_lock_of_the_folders(folder, tmp_path):
    (folder / "another-1.whl").write_bytes(b"another")
    (folder / "pyodide-lock.json").write_text("{}")
    pyodide.copy(folder, tmp_path / "site")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {*pyodide.CORE, NUMPY}


def test_another_version_is_refused(folder):
    for name in pyodide.CORE:
        (folder / name).write_text(f"{name} of another version")
    with pytest.raises(pyodide.WrongFile, match=r"pyodide\.js in .* is not the file"):
        pyodide.verify(folder)


def test_a_wheel_that_is_entered_is_verified_from_then_on(folder):
    wheel = folder / "mlmath-1-py3-none-any.whl"
    wheel.write_bytes(b"the course")
    lock = pyodide.read_lock()
    pyodide.enter(lock, wheel, "mlmath", "1", ["mlmath_helpers"], ["numpy"])
    pyodide.LOCK.write_text(json.dumps(lock))
    pyodide.verify(folder)
    wheel.write_bytes(b"another course")
    with pytest.raises(pyodide.WrongFile, match="mlmath-1"):
        pyodide.verify(folder)


def test_a_wheel_from_which_a_part_is_left_out_lists_what_it_has(tmp_path):
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name in ("a/b.py", "a/notes/c.txt", "a/notes.py"):
            packed.writestr(name, name)
        packed.writestr("a-1.dist-info/RECORD", "a/b.py,,\na/notes/c.txt,,\na/notes.py,,\n")
    pyodide.leave_out(wheel, "a/notes/")
    with zipfile.ZipFile(wheel) as packed:
        assert packed.namelist() == ["a/b.py", "a/notes.py", "a-1.dist-info/RECORD"]
        assert packed.read("a/b.py") == b"a/b.py"
        assert packed.read("a-1.dist-info/RECORD") == b"a/b.py,,\na/notes.py,,\n"


@pytest.fixture
def release(folder, tmp_path, monkeypatch):
    """Return an archive as Pyodide publishes one, with more in it than the course needs."""
    (folder / "pandas-2.whl").write_bytes(b"pandas")
    archive = tmp_path / "release.tar.bz2"

    def pack():
        with tarfile.open(archive, "w:bz2") as packed:
            packed.add(folder, "pyodide")
        monkeypatch.setattr(pyodide, "RELEASE", archive.as_uri())

    return pack


def test_of_a_release_what_the_course_needs_is_kept_and_downloaded_once(
    release, tmp_path, monkeypatch
):
    release()
    kept = tmp_path / "kept"
    assert pyodide.fetch(kept) == kept
    assert {path.name for path in kept.iterdir()} == {*pyodide.CORE, NUMPY}
    monkeypatch.setattr(pyodide, "RELEASE", (tmp_path / "nothing").as_uri())
    pyodide.fetch(kept)


def test_a_release_with_a_changed_file_is_refused_by_name(release, folder, tmp_path):
    (folder / NUMPY).write_bytes(b"not numpy")
    release()
    with pytest.raises(pyodide.WrongFile, match=NUMPY):
        pyodide.fetch(tmp_path / "kept")


# --- The course's own lock ----------------------------------------------------------------------

LOCK = pyodide.read_lock()
NEEDED = {"ipython", "jedi", "matplotlib", "micropip", "numpy", "pillow", "scipy", "sqlite3", "ssl"}


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_has_what_the_course_needs_all_that_this_depends_on_and_no_more():
    wanted, found = [*NEEDED, *pyodide.FROM_INDEX], set()
    while wanted:
        name = normalised(wanted.pop())
        if name not in found:
            found.add(name)
            wanted += LOCK["packages"][name]["depends"]
    assert set(LOCK["packages"]) == found


def test_the_lock_is_of_the_version_of_the_core_files():
    assert LOCK["info"]["version"] == pyodide.VERSION


def test_every_file_has_a_checksum_and_an_address_beside_the_lock():
    names = [entry["file_name"] for entry in LOCK["packages"].values()]
    assert len(pyodide.files()) == len(pyodide.CORE) + len(set(names)) == 5 + len(LOCK["packages"])
    for name, checksum in pyodide.files().items():
        assert re.fullmatch(r"[\w.-]+", name), "a name, and no address of another host"
        assert re.fullmatch(r"[0-9a-f]{64}", checksum)


def test_an_entry_has_the_version_of_its_file_and_a_name_that_is_found():
    for key, entry in LOCK["packages"].items():  # a key that is not normalised is never found
        assert key == normalised(entry["name"])
        assert f"-{entry['version']}" in entry["file_name"]


def test_the_packages_of_the_index_are_those_of_the_environment_that_builds_the_site():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = dict(re.findall(r"([\w-]+)==(\S+)", " ".join(project["optional-dependencies"]["site"])))
    for name in {"anywidget", "ipywidgets", "jupyterlab-widgets"}:
        assert LOCK["packages"][name]["version"] == pins[name]
