"""Pyodide, the Python that runs in a browser: where it comes from, and that it is the right one."""

import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import urllib.request

VERSION = "0.27.7"
RELEASE = (
    f"https://github.com/pyodide/pyodide/releases/download/{VERSION}/pyodide-{VERSION}.tar.bz2"
)
CORE = ["pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"]
NEEDED = ["ipython", "jedi", "matplotlib", "micropip", "numpy", "pillow", "scipy", "sqlite3", "ssl"]
# What ipywidgets needs is not in the release: pure Python, from the package index.
FROM_INDEX = {
    "comm": "0.2.3",
    "ipywidgets": "8.1.9",
    "jupyterlab-widgets": "3.0.17",
}


class WrongFile(Exception):
    """A file of Pyodide is missing, or is not the one that its lock names."""


def verify(folder):
    """Compare each package in the folder with the checksum in its lock file."""
    for name in [*CORE, "pyodide-lock.json"]:
        if not (folder / name).is_file():
            raise WrongFile(f"{folder} has no {name}: it is no folder with Pyodide {VERSION}")
    lock = read_lock(folder)
    if lock["info"]["version"] != VERSION:
        raise WrongFile(f"{folder} has Pyodide {lock['info']['version']}, not {VERSION}")
    for entry in lock["packages"].values():
        file = folder / entry["file_name"]
        if not file.is_file():
            raise WrongFile(f"{file.name}, named in the lock, is not in {folder}")
        if hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            raise WrongFile(f"{file.name} is not the file that the lock in {folder} names")


def read_lock(folder):
    """Return the lock file of a folder with Pyodide."""
    return json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))


def write_lock(folder, lock):
    """Store the lock file."""
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, sort_keys=True), encoding="utf-8")


def enter(lock, wheel, name, version, imports, depends):
    """Enter a wheel into the lock, so that plain imports find it."""
    lock["packages"][name] = {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "package_type": "package",
        "imports": imports,
        "depends": depends,
        "unvendored_tests": False,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
    }


def fetch(folder):
    """Download the official release and what ipywidgets needs, keep what the course uses.

    A second call finds the folder filled and downloads nothing.
    """
    if (folder / "pyodide-lock.json").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    print(f"downloading Pyodide {VERSION} from its official release (once, about 400 MB)")
    with tempfile.TemporaryDirectory() as place:
        archive, _ = urllib.request.urlretrieve(RELEASE, pathlib.Path(place) / "pyodide.tar.bz2")
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        keep(pathlib.Path(place) / "pyodide", folder)
    return folder


def needed(packages):
    """Return the names of the packages that the course needs, and of what they depend on."""
    wanted, names = list(NEEDED), set()
    while wanted:
        name = wanted.pop()
        if name not in names:
            names.add(name)
            wanted += packages[name]["depends"]
    return sorted(names)


def keep(release, folder):
    """Copy what the course needs of an unpacked release, and add the packages of ipywidgets."""
    lock = read_lock(release)
    lock["packages"] = {name: lock["packages"][name] for name in needed(lock["packages"])}
    for name in [*CORE, *(entry["file_name"] for entry in lock["packages"].values())]:
        (folder / name).write_bytes((release / name).read_bytes())
    for name, version in FROM_INDEX.items():
        command = [
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--dest",
            str(folder),
            f"{name}=={version}",
        ]
        subprocess.run([sys.executable, *command], check=True)
        module = name.replace("-", "_")
        (wheel,) = folder.glob(f"{module}-{version}-*.whl")
        depends = ["comm", "ipython", "traitlets", "jupyterlab-widgets"]
        enter(lock, wheel, name, version, [module], depends if name == "ipywidgets" else [])
    write_lock(folder, lock)
    verify(folder)
