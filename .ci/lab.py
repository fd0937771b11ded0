"""Open JupyterLab at the course's first notebook: ``python .ci/lab.py [FOLDER] [FLAGS]``.

Without a folder it opens ``my/``, the learner's copy of the notebooks. What is there is
never overwritten: answers survive an update of the course.
"""

import hashlib
import json
import pathlib
import shutil
import sys

COURSE = pathlib.Path("notebooks")
MINE = pathlib.Path("my")
# JupyterLab asks about news and looks for updates on its first start: not in this environment.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"}
}


def copy_new_notebooks():
    """Copy the notebooks that are not in ``my/`` yet; name those that have a newer version.

    A hidden file remembers which version of each notebook was copied.
    """
    MINE.mkdir(exist_ok=True)
    record = MINE / ".copied.json"
    copied = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for source in sorted(COURSE.glob("*.ipynb")):
        mine = MINE / source.name
        version = hashlib.sha256(source.read_bytes()).hexdigest()
        if not mine.exists():
            shutil.copyfile(source, mine)
            copied[source.name] = version
            print(f"mlmath: copied {source.as_posix()} to {mine.as_posix()}")
        elif copied.get(source.name) != version:
            print(
                f"mlmath: the course has a newer {source.name} than yours, which stays as it is; "
                f"to take the new one, rename {mine.as_posix()} and start again"
            )
    record.write_text(json.dumps(copied, indent=1) + "\n", encoding="utf-8")


def switch_pop_ups_off():
    """Store the course's settings of JupyterLab in its environment, and in no other."""
    if sys.prefix == sys.base_prefix and not (pathlib.Path(sys.prefix) / "conda-meta").is_dir():
        return  # a system's own Python: not ours to change
    overrides = pathlib.Path(sys.prefix, "share", "jupyter", "lab", "settings", "overrides.json")
    if not overrides.exists():
        overrides.parent.mkdir(parents=True, exist_ok=True)
        overrides.write_text(json.dumps(SETTINGS, indent=2) + "\n", encoding="utf-8")


def main(arguments):
    """Make the learner's copy, if that is what is opened, and start JupyterLab."""
    from jupyterlab.labapp import main as start_jupyterlab

    folder = MINE
    if arguments and not arguments[0].startswith("-"):
        folder = pathlib.Path(arguments.pop(0))
    if folder == MINE:
        copy_new_notebooks()
    switch_pop_ups_off()
    start_jupyterlab([str(folder / "00_start_here.ipynb"), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
