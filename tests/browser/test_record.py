"""What a learner passes in JupyterLab, and what is known of it another day."""

import json

from browser.conftest import open_notebook

ANSWERS = {
    "distance": "def distance(v, w):\n    return float(((v - w) ** 2).sum() ** 0.5)\n",
    "combine": "def combine(coefficients, A):\n    return A @ coefficients\n",
    "cosine": "def cosine(v, w):\n    return v @ w / np.sqrt((v @ v) * (w @ w))\n",
}


def write(notebook, cell_id, code):
    """Write code into a cell, run it, and return what it shows."""
    cell = notebook.bring(cell_id)
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text(code)
    notebook.page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea-output")


def answer(notebook, name):
    exercise = next(c["id"] for c in notebook.cells() if f"check({name})" in c["source"])
    shown = write(notebook, exercise, f"{ANSWERS[name]}\n\ncheck({name})")
    shown.filter(has_text=f"{name}: passed").wait_for()
    assert shown.count() == 1, "the check shows its verdict and nothing else"


def load_names(notebook):
    source = next(c["source"] for c in notebook.cells() if c["id"] == "opening-02")
    write(notebook, "opening-02", f"{source}\nprint('loaded')").filter(has_text="loaded").wait_for()


def ask(notebook):
    """Run the chapter's progress and a review, and return what they show."""
    last = next(c["id"] for c in notebook.cells() if c["source"].startswith("progress("))
    shown = write(notebook, last, "progress()\nreview()")
    return shown.filter(has_text="once more").inner_text()


def test_three_passed_are_known_after_a_restart_and_on_another_day(page, own_lab):
    address = own_lab.start()
    for chapter, names in (
        ("00_start_here", ["distance"]),
        ("01_linear_algebra", ["combine", "cosine"]),
    ):
        notebook = open_notebook(page, address, chapter)
        load_names(notebook)
        for name in names:
            answer(notebook, name)
    record = own_lab.mine / "mlmath-progress.json"
    passed = json.loads(record.read_text(encoding="utf-8"))["passed"]
    assert {t: list(names) for t, names in passed.items()} == {
        "start here": ["distance"],
        "linear algebra": ["combine", "cosine"],
    }
    assert passed["linear algebra"]["combine"]["answer"] == ANSWERS["combine"]

    notebook.choose("Kernel", "Restart Kernel…")
    page.locator(".jp-Dialog-button.jp-mod-accept").click()
    notebook.wait_until_ready()
    load_names(notebook)
    first = ask(notebook)
    notebook.screenshot("progress")
    page.keyboard.press("Control+s")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    own_lab.stop()

    notebook = open_notebook(page, own_lab.start(), "01_linear_algebra")
    load_names(notebook)
    assert ask(notebook) == first
    assert "start here: 1 of 1 passed" in first
    assert "Vectors: passed combine; open is_independent" in first
    assert "Try next: projection (linear algebra, Lengths, angles, projections)." in first
    for name in ANSWERS:
        assert f"\n  {name} (" in first
