"""Build the static site: reading pages, front page and the live course.

`make site` runs it, from the root, with .ci on Python's path: build.py SITE [PYODIDE]. Given a
folder with Pyodide, nothing is fetched from anywhere.
"""

import pathlib
import shutil
import sys

import live
import offline
import pages
import pyodide

ROOT = pathlib.Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
CACHE = pathlib.Path(sys.prefix) / "pyodide"


def main(site, folder=None):
    """Write the whole site to the folder ``site``, anew."""
    site = pathlib.Path(site)
    try:
        folder = pathlib.Path(folder) if folder else pyodide.fetch(CACHE)
        pyodide.verify(folder)
    except pyodide.WrongFile as error:
        raise SystemExit(f"mlmath: {error}") from None
    print(f"mlmath: Pyodide {pyodide.VERSION} from {folder}, with the checksums that it must have")
    shutil.rmtree(site, ignore_errors=True)
    pages.build(site, NOTEBOOKS)
    live.build(site, NOTEBOOKS, folder, ROOT)
    offline.write(site)
    for part in ("read", "assets", "live"):
        size = sum(file.stat().st_size for file in (site / part).rglob("*") if file.is_file())
        print(f"mlmath: {site / part}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*(argument for argument in sys.argv[1:] if argument))
