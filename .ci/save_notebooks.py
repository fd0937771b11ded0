"""Run notebooks in fresh kernels and save them normalised: ``make notebooks [CHAPTER=...]``.

Without names all are run: ``python .ci/save_notebooks.py [CHAPTER ...]``. Running it twice
changes nothing.
"""

import base64
import hashlib
import io
import json
import os
import pathlib
import re
import sys

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image
from traitlets.config import Config

from mlmath_helpers._commands import kernel_environment
from mlmath_helpers._commands.sections import HEADING

ROOT = pathlib.Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
ANCHOR = re.compile(r'<a id="([\w-]+)"></a>')
# The one form of a link to a cell that JupyterLab obeys in every notebook, opened or not.
LINK = re.compile(r"\]\(([\w.-]*)#cell-id=([\w-]+)\)")
# The most by which a picture may differ, in 255 grey levels, and still be the same picture.
SAME_PICTURE = 16


def read(path):
    """Read a notebook, giving the same id each time to a cell that has none of its own."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    seen = set()
    for place, cell in enumerate(notebook["cells"]):
        if cell.get("id", "") in {"", *seen}:
            text = "".join(cell["source"])
            cell["id"] = hashlib.sha256(f"{place} {text}".encode()).hexdigest()[:8]
        seen.add(cell["id"])
    notebook.update(nbformat=4, nbformat_minor=5)
    return nbformat.reads(json.dumps(notebook), as_version=4)


def sections(notebook):
    """Return the sections as pairs (anchor, cells); the opening before the first is (None, cells).

    A section begins with a markdown cell that holds an anchor and, below it, its heading.
    """
    found = [(None, [])]
    for cell in notebook.cells:
        heading = cell.cell_type == "markdown" and HEADING.search(cell.source)
        if heading:
            found.append((heading[1], []))
        found[-1][1].append(cell)
    return found


def prose(cells):
    """Return the text of the markdown cells without code blocks and code spans."""
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def normalise(notebook):
    """Strip, in place, what differs from run to run or only a live kernel can use."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        )
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = _normal_outputs(cell.outputs, count)
    return notebook


def _normal_outputs(outputs, count):
    """Join the pieces of a stream, and drop the widget views."""
    normal = []
    for output in outputs:
        if output.output_type == "stream":
            if normal and normal[-1].get("name") == output.name:
                normal[-1].text += output.text
                continue
        elif "data" in output:
            output.data.pop("application/vnd.jupyter.widget-view+json", None)
            output.metadata.pop("application/vnd.jupyter.widget-view+json", None)
            if not output.data:
                continue
        if output.output_type == "execute_result":
            output.execution_count = count
        normal.append(output)
    return normal


def keep_same_pictures(notebook, stored):
    """Put the stored bytes back for each picture that has not visibly changed."""
    old_outputs = {cell.id: cell.get("outputs", []) for cell in stored.cells}
    for cell in notebook.cells:
        for new, old in zip(cell.get("outputs", []), old_outputs.get(cell.id, []), strict=False):
            pictures = [output.get("data", {}).get("image/png") for output in (new, old)]
            if all(pictures) and _same_picture(*pictures):
                new.data["image/png"] = old.data["image/png"]


def _same_picture(*encoded):
    """Compare two pictures, base64-encoded PNG files, pixel by pixel."""
    one, other = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), dtype=int)
        for png in encoded
    )
    return one.shape == other.shape and np.abs(one - other).max() <= SAME_PICTURE


def run(notebook):
    """Run all cells in a fresh kernel, in which warnings are errors."""
    kernel_environment.prepare()
    os.environ["PYTHONSTARTUP"] = str(ROOT / ".ci" / "kernel_startup.py")
    os.environ["MLMATH_NO_RECORD"] = "yes"  # what an author has passed is not the course's
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    config = Config()
    if kernel_environment.can_be_encrypted():
        config.KernelManager.transport_encryption = "auto"
    NotebookClient(
        notebook,
        config=config,
        timeout=120,
        kernel_name="python3",
        store_widget_state=False,
        resources={"metadata": {"path": str(NOTEBOOKS)}},
    ).execute()


def text_of(notebook):
    """Return the text of a notebook's file."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def _save(path, text):
    """Write a file if that changes it, and say which it was."""
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed:
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT).as_posix()}: {'saved' if changed else 'unchanged'}", flush=True)


def chosen(names):
    """Return the paths of the notebooks that are named by their chapters, or of all."""
    paths = {path.stem[3:]: path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    for name in names:
        if name not in paths:
            sys.exit(f"mlmath: CHAPTER is one of {', '.join(paths)}, not {name}")
    return [path for name, path in paths.items() if name in names or not names]


def main():
    """Run and save each notebook that the command line names, or all."""
    for path in chosen(sys.argv[1:]):
        notebook = read(path)
        stored = normalise(read(path))
        try:
            run(notebook)
        except CellExecutionError as error:
            print(error, file=sys.stderr)
            sys.exit(f"notebooks/{path.name}: not saved, since the cell above raised an error")
        keep_same_pictures(normalise(notebook), stored)
        _save(path, text_of(notebook))


if __name__ == "__main__":
    main()
