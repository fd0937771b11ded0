"""``mlmath copy DIR``: the notebooks in a folder of the learner's, made and kept up to date.

Each notebook is also kept as the course gave it, in ``.copied/``: with the copy and the course
of today these are the three that `merge_notebooks` needs. Copies are written as JupyterLab would
save them with the kernel that runs them, so that opening them changes nothing, and are trusted.
Where there is nothing of Jupyter's (the course can be opened in other programs) that is left out.
"""

import argparse
import contextlib
import datetime
import functools
import hashlib
import itertools
import json
import os
import pathlib
import sqlite3
import subprocess

from .course import notebooks
from .merge_notebooks import merge, text

ORIGINALS = ".copied"
RECORD = ".copied.json"  # older versions kept no originals, but the checksum of each here
KERNEL = "python3"


class NotANotebook(ValueError):
    """A file that is there, and cannot be read as a notebook of this format."""


def bring_up_to_date(course, mine):
    """Copy the notebooks to the learner's folder, and take new editions into what is there.

    Parameters
    ----------
    course, mine : pathlib.Path
        The two folders; the second is made if there is none.

    Returns
    -------
    list of str
        What the learner has to know, a line each.

    Raises
    ------
    OSError
        If the learner's folder cannot be made.
    """
    mine.mkdir(exist_ok=True)
    copied, said, failed = [], [], {}
    for source in sorted(course.glob("*.ipynb")):
        path = mine / source.name
        try:
            if path.exists():
                said += _renew(path, source)
            else:
                _save(path, _for_the_kernel(_read(source)), trusted=True)
                _keep_original(path, source)
                copied.append(path)
        except NotANotebook as error:
            said.append(str(error))
        except OSError as error:
            failed.setdefault(error.strerror, []).append(path)
    if copied:
        names = ", ".join(path.name for path in copied)
        said.insert(0, f"copied to {mine.as_posix()}/, for you to work in: {names}")
    for reason, paths in failed.items():
        said.append(f"{_listed(paths)}: could not be written ({reason}), nothing was changed there")
    if not failed:
        (mine / RECORD).unlink(missing_ok=True)
    return said


def main(arguments):
    """Copy the notebooks to the folder that is named; return 1 if that cannot be done."""
    parser = argparse.ArgumentParser(
        "mlmath copy",
        description="Copy the course's notebooks to a folder, or take what is new into those there:"
        " what you have written stays. Close notebooks of that folder first.",
    )
    parser.add_argument("DIR", type=pathlib.Path, help="the folder; it is made if there is none")
    folder, course = parser.parse_args(arguments).DIR, notebooks()
    if folder.resolve() == course.resolve():
        parser.error(f"{folder} is the course's own folder: name one of yours")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        said = bring_up_to_date(course, folder)
    except OSError as error:
        parser.error(f"{folder} cannot be made ({error.strerror})")
    print("\n".join(f"mlmath: {line}" for line in said or [f"nothing is new in {folder}"]))
    return 0 if any(folder.glob("*.ipynb")) else 1


def _renew(path, source):
    """Take the course's edition of today into one copy; return what there is to say of it."""
    original = path.parent / ORIGINALS / path.name
    mine, theirs, base = _read(path), _read(source), _base(path, source)
    merged = merge(base, mine, theirs)
    said = []
    if _contents(merged.notebook) != _contents(mine):
        learners_own = base is None or _contents(mine) != _contents(base)
        said = [_news(path, merged, _keep_old(path) if learners_own else None, base)]
    renewed = _for_the_kernel(merged.notebook)
    if renewed != mine:
        # Copies that older versions made were never trusted, and are the course's all the same.
        _save(path, renewed, trusted=not original.exists() or _is_trusted(mine))
    if not original.exists() or original.read_bytes() != source.read_bytes():
        _keep_original(path, source)
    return said


def _news(path, merged, old, base):
    """Say what has become of one copy."""
    line = f"{path.as_posix()}: the course's new edition"
    if merged.arrived:
        line += f", {_counted(merged.arrived)} new or corrected"
    if old is None:
        return line
    if base is None:
        line += f", with {_counted(merged.kept - merged.both)} of yours"
        if merged.both:
            line += f" and, at its end, {_counted(merged.both)} that may be yours or the course's"
    else:
        line += f", with {_counted(merged.kept)} of yours"
        if merged.both:
            line += f" ({merged.both} changed by the course too: both versions stand there)"
    return f"{line}; your old one is {old.name}"


def _counted(number):
    return f"{number} cell" if number == 1 else f"{number} cells"


def _listed(paths):
    return ", ".join(path.as_posix() for path in paths)


def _contents(notebook):
    """Return what a learner or an author writes: types and texts of the cells that hold any."""
    return [(cell["cell_type"], text(cell)) for cell in notebook["cells"] if text(cell)]


def _read(path):
    """Return the notebook in a file, as it stands there."""
    notebook = _parsed(path.read_bytes())
    if notebook is None:
        raise NotANotebook(
            f"{path.as_posix()} cannot be read as a notebook and stays as it is; if you give it "
            "another name, the next start copies the course's"
        )
    return notebook


def _parsed(raw):
    """Return the notebook that these bytes are, or None.

    Only what is used here is asked for: JupyterLab opens more than nbformat finds valid.
    """
    try:
        notebook = json.loads(raw)
        json.dumps(notebook, ensure_ascii=False).encode()  # half a character cannot be written
        fits = notebook["nbformat"] == 4 and isinstance(notebook["metadata"], dict)
        for cell in notebook["cells"]:
            text(cell)
            fits = fits and {str} >= {type(cell["cell_type"]), type(cell.get("id", ""))}
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return notebook if fits else None


def _base(path, source):
    """Return the edition of which a copy was made, or None if that is not known."""
    with contextlib.suppress(OSError):
        original = _parsed((path.parent / ORIGINALS / path.name).read_bytes())
        if original:
            return original
    try:
        checksum = json.loads((path.parent / RECORD).read_text(encoding="utf-8"))[path.name]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    for raw in (source.read_bytes(), path.read_bytes()):
        if hashlib.sha256(raw).hexdigest() == checksum:
            return _parsed(raw)
    return _from_history(source, checksum)


def _from_history(source, checksum):
    """Return the edition with this checksum from the course's git history, or None."""

    def git(*arguments):
        command = ["git", "-C", str(source.parent), *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout

    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        for commit in git("log", "--format=%H", "--", source.name).decode().split():
            raw = git("show", f"{commit}:./{source.name}")
            for edition in (raw, raw.replace(b"\n", b"\r\n")):  # git on Windows writes the second
                if hashlib.sha256(edition).hexdigest() == checksum:
                    return _parsed(edition)
    return None


def _for_the_kernel(notebook):
    """Return the notebook with what its kernel says of itself, which JupyterLab would enter."""
    metadata = notebook["metadata"]
    if metadata.get("kernelspec", {}).get("name", KERNEL) != KERNEL:
        return notebook  # the learner has chosen another one
    return {**notebook, "metadata": {**metadata, **_kernel()}}


@functools.cache
def _kernel():
    try:
        from ipykernel.ipkernel import IPythonKernel
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:  # whatever opens the notebooks will enter its own
        return {}
    kernel = {"language_info": IPythonKernel.language_info}
    with contextlib.suppress(NoSuchKernel):
        spec = KernelSpecManager().get_kernel_spec(KERNEL)
        kernel["kernelspec"] = {
            "display_name": spec.display_name,
            "language": spec.language,
            "name": KERNEL,
        }
    return kernel


def _save(path, notebook, *, trusted):
    """Write a notebook as JupyterLab does, or as the course's are written where that is missing."""
    try:
        import nbformat

        written = nbformat.v4.writes(nbformat.from_dict(notebook)) + "\n"
    except ImportError:
        written = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _write(path, written.encode())
    if trusted:
        _with_signatures("sign", written)


def _is_trusted(notebook):
    return _with_signatures("check_signature", json.dumps(notebook))


def _with_signatures(act, written):
    """Sign or check a notebook's text in Jupyter's own list; where there is none, None."""
    with contextlib.suppress(ImportError, OSError, sqlite3.Error):
        import nbformat
        from jupyter_core.paths import jupyter_data_dir
        from nbformat.sign import NotebookNotary

        folder = pathlib.Path(jupyter_data_dir())
        folder.mkdir(parents=True, exist_ok=True)
        notary = NotebookNotary(data_dir=str(folder))
        with contextlib.closing(notary.store):
            return getattr(notary, act)(nbformat.v4.reads(written))


def _keep_original(path, source):
    original = path.parent / ORIGINALS / path.name
    original.parent.mkdir(exist_ok=True)
    _write(original, source.read_bytes())


def _keep_old(path):
    """Copy the learner's file to a name beside it that is free, and return its path."""
    name = f"{path.stem}.before-{datetime.date.today().isoformat()}"
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    places = (path.with_name(f"{name}.ipynb") for name in names)
    old = next(place for place in places if not place.exists())
    _write(old, path.read_bytes())
    return old


def _write(path, content):
    """Write a file whole or not at all: a full disk or a power cut leaves the old one."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
