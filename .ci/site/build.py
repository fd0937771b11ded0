"""Build the static site: reading pages, front page and the live course.

`make site` runs it, from the root, with .ci on Python's path: build.py SITE [PYODIDE]. Given a
folder with Pyodide, nothing is fetched from anywhere.
"""

import pathlib
import shutil
import statistics
import sys
import time

import figures
import index
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
    began = time.monotonic()
    try:
        drawn = pages.build(site, NOTEBOOKS)
        index.build(site, NOTEBOOKS)
    except figures.NotDrawn as error:
        raise SystemExit(f"mlmath: {error}") from None
    _tell(drawn, time.monotonic() - began)
    live.build(site, NOTEBOOKS, folder, ROOT)
    offline.write(site)
    for part in ("read", "assets", "frames", "live"):
        size = sum(file.stat().st_size for file in (site / part).rglob("*") if file.is_file())
        print(f"mlmath: {site / part}: {size / 1e6:.1f} MB")


def _tell(drawn, seconds):
    """Print what moves on the pages, and what it weighs as a host sends it."""
    all_figures = [figure for chapter in drawn.values() for figure in chapter.values()]
    for figure in all_figures:
        kilobytes, sent = figure["bytes"] / 1000, figure["gzipped"] / 1000
        print(
            f"mlmath: {figure['name']}: {figure['n_states']} states, {kilobytes:.0f} kB "
            f"({sent:.0f} gzipped), {len(figure['stills'])} worth seeing"
        )
    sizes = [figure["bytes"] / 1000 for figure in all_figures]
    print(
        f"mlmath: {len(sizes)} figures and the pages in {seconds:.0f} s; their frames take "
        f"{statistics.median(sizes):.0f} kB at the median, {max(sizes):.0f} at most"
    )


if __name__ == "__main__":
    main(*(argument for argument in sys.argv[1:] if argument))
