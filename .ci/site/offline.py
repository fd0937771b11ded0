"""What the worker has to know that keeps the site in a reader's browser: the files of a build."""

import hashlib
import json
import pathlib
import shutil

WORKER = pathlib.Path(__file__).parent / "templates" / "service-worker.js"
LIST = "files.json"


def write(site):
    """Write the worker, and the list of what the folder ``site`` holds."""
    files = {
        path.relative_to(site).as_posix(): digest(path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file() and path not in (site / LIST, site / WORKER.name)  # of a call before
    }
    (site / LIST).write_text(json.dumps(files, indent=0), encoding="utf-8")
    shutil.copy(WORKER, site)


def digest(content):
    """Return the first digits of the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()[:16]
