"""The live course: JupyterLite with the notebooks, and a page around each of them."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib import metadata
from unittest import mock

import jinja2
import nbformat
from matplotlib import font_manager
from nbformat.v4.rwbase import rejoin_lines

import pages
import policy
import pyodide
from mlmath_helpers._commands import merge_notebooks

TEMPLATES = pathlib.Path(__file__).parent / "templates"
STORAGE = "mlmath"  # the name of the database in the learner's browser
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
FONTS = "mlmath_matplotlib_fonts"
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},  # seconds
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "full"},  # as in `make lab`
}
# What the kernel in the browser says of itself: a notebook that says the same is not changed by
# being opened.
METADATA = {
    "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",
    },
}
LINKS = "mlmath-links"  # what leads to cells, as in `make lab` too


def build(site, notebooks, folder, root):
    """Write ``site/live`` and ``site/run`` with Pyodide from ``folder``, without a network."""
    with tempfile.TemporaryDirectory() as place:
        lite = pathlib.Path(place)
        _hand_out(notebooks.glob("*.ipynb"), lite / "files")
        pyodide.copy(folder, lite / "static" / "pyodide")
        _add_packages(lite / "static" / "pyodide", root)
        _write(lite / "overrides.json", SETTINGS)
        _write(lite / "jupyter-lite.json", _options())
        extensions = root / "mlmath_helpers" / "_commands" / "labextensions"
        _write(
            lite / "jupyter_lite_config.json",
            {"LiteBuildConfig": _build_options(site, [extensions / LINKS])},
        )
        command = [sys.executable, "-m", "jupyter", "lite", "build"]
        done = subprocess.run(command, cwd=lite, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    shutil.rmtree(site / "live" / "doc", ignore_errors=True)  # no page leads there
    for page in (site / "live").rglob("*.html"):
        page.write_text(policy.enter(page.read_text(encoding="utf-8")), encoding="utf-8")
    _write_pages(site / "run", notebooks)


def _hand_out(paths, folder):
    """Copy the notebooks as a server sends them: texts whole, not as lists of lines."""
    folder.mkdir()
    for path in paths:
        whole = rejoin_lines(nbformat.read(path, as_version=4)) | {"metadata": METADATA}
        (folder / path.name).write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def _options():
    """Return what jupyter-lite.json says; all addresses are within the site."""
    kernel = {"disablePyPIFallback": True}
    data = {
        "appName": "mlmath",
        "contentsStorageName": STORAGE,
        "disabledExtensions": ["@jupyter-notebook/notebook-extension:trusted"],  # nothing to trust
        "exposeAppInBrowser": True,  # the page around it shows the state of the kernel
        "litePluginSettings": {KERNEL: kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def _build_options(site, extensions):
    return {
        "federated_extensions": [str(extension) for extension in extensions],
        "output_dir": str((site / "live").resolve()),
        "apps": ["notebooks"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def _add_packages(folder, root):
    """Enter the course, and the font cache of matplotlib, into the lock of Pyodide."""
    lock = pyodide.read_lock()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = folder.glob("mlmath_course-*.whl")
    pyodide.leave_out(wheel, "mlmath_helpers/notebooks/")  # JupyterLite has them as files
    fonts = _font_wheel(folder, lock["packages"]["matplotlib"])
    version = wheel.name.split("-")[1]
    name = FONTS.replace("_", "-")
    depends = ["anywidget", "ipywidgets", "matplotlib", "numpy", "pillow", "scipy", name]
    pyodide.enter(lock, wheel, "mlmath-course", version, ["mlmath_helpers"], depends)
    pyodide.enter(lock, fonts, name, "1", [], ["matplotlib"])  # unpacked after matplotlib
    _write(folder / pyodide.LOCK.name, lock)


def _font_wheel(folder, matplotlib):
    """Pack the list of matplotlib's own fonts, which it would make at its first import, slowly.

    Pyodide's matplotlib looks for it beside its source, and has one there, but of another
    version, which it does not take. This one takes its place.
    """
    with zipfile.ZipFile(folder / matplotlib["file_name"]) as packed:
        source = packed.read("matplotlib/font_manager.py").decode()
    assert 'joinpath("fontlist.json")' in source, "matplotlib looks for its list elsewhere now"
    version = int(re.search(r"__version__ = (\d+)", source)[1])
    wheel, info = folder / f"{FONTS}-1-py3-none-any.whl", f"{FONTS}-1.dist-info"
    files = {
        "matplotlib/fontlist.json": json.dumps({**_font_list(), "_version": version}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {FONTS}\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return wheel


def _font_list():
    """Return matplotlib's list of the fonts that it brings, without those of this machine."""
    find = font_manager.findSystemFonts

    def only_named(paths=None, fontext="ttf"):
        return find(paths, fontext) if paths else []

    with mock.patch.object(font_manager, "findSystemFonts", only_named):
        fonts = font_manager.FontManager()
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "fontlist.json"
        font_manager.json_dump(fonts, file)
        return json.loads(file.read_text())


def _write_pages(folder, notebooks):
    """Write the page around each notebook: its state, the way through the course, updates."""
    folder.mkdir(parents=True)
    chapters = [
        {"stem": path.stem, "title": pages.title(book), "sections": pages.sections(book)}
        for path in sorted(notebooks.glob("*.ipynb"))
        for book in [nbformat.read(path, as_version=4)]
    ]
    for chapter in chapters:
        page = {
            "stem": chapter["stem"],
            "notebook": f"{chapter['stem']}.ipynb",
            "storage": STORAGE,
            "jupyterlite": metadata.version("jupyterlite-core"),
        }
        may = policy.text(policy.RUNNING)
        text = _filled("run.html", here=chapter, chapters=chapters, page=page, policy=may)
        (folder / f"{chapter['stem']}.html").write_text(text, encoding="utf-8")
    texts = {"both": merge_notebooks.BOTH, "apart": merge_notebooks.APART}
    (folder / "merge.js").write_text(_filled("merge.js", **texts), encoding="utf-8")
    shutil.copy(TEMPLATES / "run.js", folder)


def _filled(name, **values):
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(),
        undefined=jinja2.StrictUndefined,
    )
    return templates.get_template(name).render(**values)


def _write(path, content):
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
