"""Pyodide, the Python that runs in a browser: where it comes from, and that it is the right one.

What a folder or an archive says of itself does not count. CORE names the files that start Python,
and pyodide-lock.json beside this file the packages, each with its SHA-256; that lock goes into
the site, whatever lock a folder has.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile

VERSION = "0.27.7"
RELEASE = (
    f"https://github.com/pyodide/pyodide/releases/download/{VERSION}/pyodide-{VERSION}.tar.bz2"
)
# These checksums are of the files in the npm package pyodide, version 0.27.7.
CORE = {
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
# The lock holds, word for word, the entries of that npm package's lock for what the course
# imports and all that this depends on; and these, pure Python, of the package index.
LOCK = pathlib.Path(__file__).with_name("pyodide-lock.json")
FROM_INDEX = [
    "anywidget",
    "comm",
    "ipywidgets",
    "jupyterlab-widgets",
    "psygnal",
    "typing-extensions",
]
# The wheels that run anywhere: of some of these the index has compiled ones too.
PURE = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"]


class WrongFile(Exception):
    """A file of Pyodide is missing, or is not the one that the course knows."""


def read_lock():
    """Return the course's lock."""
    return json.loads(LOCK.read_text(encoding="utf-8"))


def files():
    """Return what the site takes of a folder with Pyodide: {name: SHA-256}."""
    packages = read_lock()["packages"].values()
    return CORE | {entry["file_name"]: entry["sha256"] for entry in packages}


def verify(folder):
    """Compare each file that the site takes with the checksum that the course has of it."""
    for name, digest in files().items():
        if not (folder / name).is_file():
            raise WrongFile(f"{folder} has no {name}, which the course needs of Pyodide {VERSION}")
        if sha256(folder / name) != digest:
            raise WrongFile(f"{name} in {folder} is not the file whose checksum the course has")


def sha256(file):
    """Return the SHA-256 of a file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def copy(folder, target):
    """Copy what the site takes to the folder ``target``, and verify what arrived there."""
    target.mkdir(parents=True, exist_ok=True)
    for name in files():
        (target / name).write_bytes((folder / name).read_bytes())
    verify(target)


def leave_out(wheel, part):
    """Write a wheel anew without the files whose names begin so."""
    with zipfile.ZipFile(wheel) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            if name.endswith(".dist-info/RECORD"):
                rows = content.decode().splitlines(keepends=True)
                content = "".join(row for row in rows if not row.startswith(part))
            if not name.startswith(part):
                packed.writestr(name, content)


def enter(lock, wheel, name, version, imports, depends):
    """Enter a wheel into a lock, so that plain imports find it."""
    lock["packages"][name] = {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "package_type": "package",
        "imports": imports,
        "depends": depends,
        "unvendored_tests": False,
        "sha256": sha256(wheel),
    }


def fetch(folder):
    """Download the official release and the packages of the index; keep what the site takes.

    A second call finds the folder filled and downloads nothing.
    """
    if all((folder / name).is_file() for name in files()):
        return folder
    print(f"downloading Pyodide {VERSION} from its official release (once, about 400 MB)")
    with tempfile.TemporaryDirectory() as place:
        archive, _ = urllib.request.urlretrieve(RELEASE, pathlib.Path(place) / "pyodide.tar.bz2")
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        release = pathlib.Path(place) / "pyodide"
        _download(FROM_INDEX, release)
        copy(release, folder)
    return folder


def _download(names, folder):
    """Download wheels from the package index, in the versions of the lock."""
    packages = read_lock()["packages"]
    wanted = [f"{name}=={packages[name]['version']}" for name in names]
    command = ["-m", "pip", "download", "--no-deps", *PURE, "--dest", str(folder)]
    if wanted:
        subprocess.run([sys.executable, *command, *wanted], check=True)
