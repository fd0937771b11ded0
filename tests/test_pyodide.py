"""What the site takes for Pyodide is what its lock file names."""

import hashlib
import json

import pytest

import pyodide


@pytest.fixture
def folder(tmp_path):
    for name in pyodide.CORE:
        (tmp_path / name).write_text(name)
    (tmp_path / "numpy-2.whl").write_bytes(b"numpy")
    entry = {"file_name": "numpy-2.whl", "sha256": hashlib.sha256(b"numpy").hexdigest()}
    lock = {"info": {"version": pyodide.VERSION}, "packages": {"numpy": entry}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(lock))
    return tmp_path


def test_a_folder_whose_files_are_those_of_the_lock_is_taken(folder):
    pyodide.verify(folder)


def test_a_file_that_was_changed_is_refused_by_name(folder):
    (folder / "numpy-2.whl").write_bytes(b"numpy, and something else")
    with pytest.raises(pyodide.WrongFile, match=r"numpy-2\.whl is not the file that the lock"):
        pyodide.verify(folder)


@pytest.mark.parametrize("name", ["numpy-2.whl", "pyodide.asm.wasm", "pyodide-lock.json"])
def test_a_missing_file_is_refused_by_name(folder, name):
    (folder / name).unlink()
    with pytest.raises(pyodide.WrongFile, match=name):
        pyodide.verify(folder)


def test_another_version_is_refused(folder):
    lock = pyodide.read_lock(folder)
    lock["info"]["version"] = "0.29.0"
    pyodide.write_lock(folder, lock)
    with pytest.raises(pyodide.WrongFile, match=r"has Pyodide 0\.29\.0, not"):
        pyodide.verify(folder)


def test_a_wheel_that_is_entered_is_verified_from_then_on(folder):
    wheel = folder / "mlmath-1-py3-none-any.whl"
    wheel.write_bytes(b"the course")
    lock = pyodide.read_lock(folder)
    pyodide.enter(lock, wheel, "mlmath", "1", ["mlmath_helpers"], ["numpy"])
    pyodide.write_lock(folder, lock)
    pyodide.verify(folder)
    wheel.write_bytes(b"another course")
    with pytest.raises(pyodide.WrongFile, match="mlmath-1"):
        pyodide.verify(folder)


def test_a_release_is_reduced_to_what_the_course_needs_and_what_that_depends_on(folder):
    lock = pyodide.read_lock(folder)
    wanted = {name: {**lock["packages"]["numpy"], "depends": []} for name in pyodide.NEEDED}
    wanted["scipy"]["depends"] = ["openblas"]
    wanted |= {name: {**wanted["numpy"], "depends": []} for name in ("openblas", "pandas")}
    assert sorted(pyodide.needed(wanted)) == sorted([*pyodide.NEEDED, "openblas"])
