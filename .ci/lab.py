"""Open JupyterLab at the course's first notebook: ``python .ci/lab.py [FOLDER] [FLAGS]``.

Without a folder it opens ``my/``, the learner's copy of the notebooks. What is there is
never overwritten: answers survive an update of the course.
"""

import contextlib
import hashlib
import json
import pathlib
import shutil
import sys

COURSE = pathlib.Path("notebooks")
MINE = pathlib.Path("my")
# What the course asks of JupyterLab. It travels with the call, and a learner's own settings win.
SETTINGS = pathlib.Path(__file__).resolve().with_name("lab_settings")
# What brings a click on a link to the cell that it names; it travels with the call too.
EXTENSIONS = SETTINGS.with_name("labextensions")


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


def remove_settings_of_older_versions():
    """Remove what the course once wrote into its environment, if it is exactly that."""
    written = pathlib.Path(sys.prefix, "share", "jupyter", "lab", "settings", "overrides.json")
    notification = {"checkForUpdates": False, "fetchNews": "false"}
    settings = {"@jupyterlab/apputils-extension:notification": notification}
    with contextlib.suppress(OSError):
        if written.read_text(encoding="utf-8") == json.dumps(settings, indent=2) + "\n":
            written.unlink()


def main(arguments):
    """Make the learner's copy, if that is what is opened, and start JupyterLab."""
    from jupyterlab.labapp import main as start_jupyterlab

    folder = MINE
    if arguments and not arguments[0].startswith("-"):
        folder = pathlib.Path(arguments.pop(0))
    if folder == MINE:
        copy_new_notebooks()
    remove_settings_of_older_versions()
    settings = f"--LabApp.app_settings_dir={SETTINGS}"
    extensions = f"--LabApp.extra_labextensions_path={EXTENSIONS}"
    start_jupyterlab([settings, extensions, str(folder / "00_start_here.ipynb"), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
