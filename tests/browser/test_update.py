"""A learner's copy after an update of the course, with and without answers, in JupyterLab."""

import json

from browser.conftest import open_notebook

ANSWER = "def distance(v, w):\n    return 42.0  # mine\n\n\ncheck(distance)"
CORRECTED = "This sentence came with the update."


def correct(path):
    """Add a sentence to the first cell of a course's notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] += ["\n", "\n", CORRECTED]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def is_dirty(page):
    return page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty")


def test_an_update_arrives_and_answers_are_carried_over(page, own_lab):
    notebook = open_notebook(page, own_lab.start(), "00_start_here")
    exercise = next(c["id"] for c in notebook.cells() if "check(distance)" in c["source"])
    notebook.bring(exercise).locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ANSWER)
    page.keyboard.press("Control+s")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    own_lab.stop()

    for name in ("00_start_here", "05_information_theory"):
        correct(own_lab.folder / "notebooks" / f"{name}.ipynb")
    address = own_lab.start()
    said = (own_lab.folder / "log").read_text()
    for name in ("00_start_here", "05_information_theory"):
        notebook = open_notebook(page, address, name)
        assert CORRECTED in "".join(notebook.cells()[0]["source"])
        assert not is_dirty(page)
        assert f"{name}.ipynb" in said
    notebook = open_notebook(page, address, "00_start_here")
    (answer,) = (c for c in notebook.cells() if c["id"] == exercise)
    assert answer["source"] == ANSWER
    notebook.bring("opening-01").get_by_text(CORRECTED).wait_for()
    notebook.screenshot("updated")
    kept = [p.name for p in own_lab.mine.glob("00_start_here*.ipynb")]
    assert len(kept) == 2, "the old file is kept beside the new one"
    assert not list(own_lab.mine.glob("05_information_theory?*.ipynb")), "nothing was answered"
