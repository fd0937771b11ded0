"""How notebooks are run and saved: what `make notebooks` does."""

import base64
import io
import sys

import numpy as np
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

import save_notebooks


def notebook(*cells):
    return new_notebook(cells=list(cells))


def png(grey):
    file = io.BytesIO()
    Image.fromarray(np.full((4, 4), grey, dtype=np.uint8)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def with_picture(encoded):
    cell = new_code_cell("picture()", id="a")
    cell.outputs = [new_output("display_data", data={"image/png": encoded, "text/plain": "It is."})]
    return notebook(cell)


def test_a_warning_in_a_cell_is_an_error():
    cell = new_code_cell("import warnings\n\nwarnings.warn('old', DeprecationWarning)")
    with pytest.raises(CellExecutionError, match="DeprecationWarning"):
        save_notebooks.run(notebook(cell))


def test_a_run_leaves_one_normal_form_and_no_names_behind():
    source = "import ipywidgets\n\nprint('a', flush=True)\nprint('b')\nipywidgets.IntSlider(3)"
    ran = notebook(new_code_cell("names = sorted(globals())"), new_code_cell(source))
    ran.cells.append(new_code_cell("print([n for n in names if 'warning' in n])"))
    save_notebooks.run(ran)
    save_notebooks.normalise(ran)
    assert [cell.execution_count for cell in ran.cells] == [1, 2, 3]
    assert [cell.metadata for cell in ran.cells] == [{}, {}, {}]
    printed, shown = ran.cells[1].outputs
    assert printed.text == "a\nb\n"
    assert shown.data == {"text/plain": "IntSlider(value=3)"}
    assert ran.cells[2].outputs[0].text == "[]\n"
    assert ran.metadata.language_info == {"name": "python"}
    assert "widgets" not in ran.metadata
    text = save_notebooks.text_of(ran)
    assert save_notebooks.text_of(save_notebooks.normalise(ran)) == text


def test_a_cell_without_a_name_gets_the_same_one_each_time(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(
        '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["same"]},'
        ' {"cell_type": "markdown", "metadata": {}, "source": ["same"]},'
        ' {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "other"},'
        ' {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "copied"}],'
        ' "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
    )
    first, second = ([cell.id for cell in save_notebooks.read(path).cells] for _ in range(2))
    assert first == second
    assert len(set(first)) == 4
    assert first[2] == "mine"


@pytest.mark.parametrize(("old", "kept"), [(100, True), (104, True), (150, False)])
def test_a_picture_is_replaced_only_if_it_has_visibly_changed(old, kept):
    new, stored = with_picture(png(100)), with_picture(png(old))
    save_notebooks.keep_same_pictures(new, stored)
    assert (new.cells[0].outputs[0].data["image/png"] == png(old)) == kept


def test_the_kernel_of_a_run_warns_of_nobody_who_listens(capfd):
    save_notebooks.run(notebook(new_code_cell("1 + 1")))
    assert "encryption" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ["00_start_here", "01_linear_algebra", "04_statistics"]),
        (["statistics"], ["04_statistics"]),
        (["statistics", "start_here"], ["00_start_here", "04_statistics"]),
    ],
)
def test_only_the_notebooks_that_are_named_are_run_and_saved(
    names, expected, tmp_path, monkeypatch
):
    for stem in ("00_start_here", "01_linear_algebra", "04_statistics"):
        text = save_notebooks.text_of(save_notebooks.normalise(notebook()))
        (tmp_path / f"{stem}.ipynb").write_text(text, encoding="utf-8")
    saved = []
    monkeypatch.setattr(save_notebooks, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(save_notebooks, "run", lambda notebook: None)
    monkeypatch.setattr(save_notebooks, "_save", lambda path, text: saved.append(path.stem))
    monkeypatch.setattr(sys, "argv", ["save_notebooks.py", *names])
    save_notebooks.main()
    assert saved == expected


@pytest.mark.parametrize("name", ["geometry", "04_statistics", "Statistics"])
def test_a_chapter_that_is_not_there_is_refused_in_one_line_before_any_is_run(name, monkeypatch):
    monkeypatch.setattr(save_notebooks, "run", lambda notebook: pytest.fail("it was run"))
    monkeypatch.setattr(sys, "argv", ["save_notebooks.py", "statistics", name])
    with pytest.raises(SystemExit, match=rf"^mlmath: CHAPTER is one of .*, not {name}$"):
        save_notebooks.main()
