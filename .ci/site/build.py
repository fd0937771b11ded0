"""Build the static site: reading pages, front page and the live course (`make site`).

Run by the Python of .venv-site, from the root: build.py SITE [PYODIDE]. Given a folder with
Pyodide, nothing is fetched from anywhere.
"""

import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / ".ci"))  # where the course's own commands are

import live  # noqa: E402
import offline  # noqa: E402
import pages  # noqa: E402
import pyodide  # noqa: E402

NOTEBOOKS = ROOT / "notebooks"
SHARED = ROOT.parent / "shared" / "pyodide"
CACHE = pathlib.Path(sys.prefix) / "pyodide"


def main(site, folder=None):
    """Write the whole site to the folder ``site``, anew."""
    site = pathlib.Path(site)
    folder = pathlib.Path(folder) if folder else SHARED if SHARED.is_dir() else None
    try:
        folder = folder or pyodide.fetch(CACHE)
        pyodide.verify(folder)
    except pyodide.WrongFile as error:
        raise SystemExit(f"mlmath: {error}") from None
    print(f"mlmath: Pyodide {pyodide.VERSION} from {folder}, as its checksums say")
    shutil.rmtree(site, ignore_errors=True)
    pages.build(site, NOTEBOOKS)
    live.build(site, NOTEBOOKS, folder, ROOT)
    offline.write(site)
    for part in ("read", "assets", "live"):
        size = sum(file.stat().st_size for file in (site / part).rglob("*") if file.is_file())
        print(f"mlmath: {site / part}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*(argument for argument in sys.argv[1:] if argument))
