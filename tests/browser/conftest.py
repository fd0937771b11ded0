"""A real JupyterLab, as `make lab` starts it, and a Chromium that is on the machine."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

import pytest

import chromium
import save_notebooks

SCREENSHOTS = pathlib.Path(__file__).parent / "screenshots"
NAMES = [path.stem for path in sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))]
PATIENCE = 60_000  # milliseconds, for a kernel's start on a busy machine


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **chromium.launch_args()}


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    """Start JupyterLab on a copy of the notebooks, with no settings of a user's own."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(save_notebooks.NOTEBOOKS, folder / "notebooks")
    # All cells are put on the page, also those out of sight, so that tests can ask for each.
    tracker = folder / "settings" / "@jupyterlab" / "notebook-extension"
    tracker.mkdir(parents=True)
    (tracker / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}))
    private = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    # "Opening a browser" only notes the address, so that the test opens what a learner gets.
    noting = folder / "note_address.py"
    noting.write_text(
        "import sys, pathlib; pathlib.Path(__file__).with_name('address').write_text(sys.argv[1])"
    )
    command = [sys.executable, ".ci/lab.py", str(folder / "notebooks"), "--allow-root"]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [*command, "--ip=127.0.0.1", "--port=0"],
            cwd=save_notebooks.ROOT,
            env=os.environ
            | {name: str(folder / place) for name, place in private.items()}
            | {"BROWSER": f"'{sys.executable}' '{noting}' %s"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield _address(folder / "address", server, folder / "log")
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(noted, server, log):
    """Wait for the address that JupyterLab opens: a file that leads on to the first notebook."""
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        if noted.exists() and noted.read_text():
            leads_on = pathlib.Path(urllib.request.url2pathname(urlsplit(noted.read_text()).path))
            return re.search(r'href="([^"]+)"', leads_on.read_text())[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text())


SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # JupyterLab keeps the tabs that were open


class NotebookPage:
    """One notebook, open in JupyterLab."""

    def __init__(self, page, start, name):
        self.page, self.name = page, name
        page.set_default_timeout(PATIENCE)
        page.goto(start.replace("00_start_here", name))
        self.panel = page.locator(SHOWN)
        self.cells = self.panel.locator(".jp-CodeCell")
        n_cells = sum(c.cell_type == "code" for c in self.stored().cells)
        page.wait_for_function(
            "([shown, n]) => document.querySelectorAll(`${shown} .jp-CodeCell`).length == n",
            arg=[SHOWN, n_cells],
        )
        page.locator("#jp-main-statusbar", has_text="(ipykernel) | Idle").wait_for()
        self.visible_before = self.visible_pictures()

    def stored(self):
        """Return the notebook as it is in the repository."""
        return save_notebooks.read(save_notebooks.NOTEBOOKS / f"{self.name}.ipynb")

    def visible_pictures(self):
        """Return for each picture among the outputs whether it is really there."""
        return self.panel.locator(".jp-CodeCell .jp-OutputArea-output img").evaluate_all(
            """async pictures => {
                const there = [];
                for (const picture of pictures) {
                    await picture.decode();
                    const box = picture.getBoundingClientRect();
                    there.push(picture.naturalWidth > 0 && box.width > 0 && box.height > 0);
                }
                return there;
            }"""
        )

    def choose(self, menu, item):
        """Click an item of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def run_all(self):
        """Clear what is stored, run all cells by the menu, and wait until the last is done."""
        self.choose("Edit", "Clear Outputs of All Cells")
        self.choose("Run", "Run All Cells")
        self.page.wait_for_function(
            """shown => {
                const cells = [...document.querySelectorAll(`${shown} .jp-CodeCell`)];
                const prompts = cells.map(c => c.querySelector('.jp-InputPrompt').innerText);
                return prompts.every(prompt => /\\[\\d+\\]:/.test(prompt))
                    || document.querySelector(`${shown} [data-mime-type$="error"]`);
            }""",
            arg=SHOWN,
            timeout=3 * PATIENCE,
        )

    def wrong_outputs(self):
        """Return the texts of all errors and warnings among the outputs."""
        return self.panel.locator(
            "[data-mime-type$='jupyter.error'], [data-mime-type$='jupyter.stderr']"
        ).all_inner_texts()

    def screenshot(self, what):
        """Keep a picture of the window, to look at."""
        self.page.screenshot(path=SCREENSHOTS / f"{self.name}-{what}.png")


@pytest.fixture(scope="module", params=NAMES)
def opened(request, browser, jupyterlab):
    """Open one of the notebooks, of which no cell has run yet."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    notebook = NotebookPage(page, jupyterlab, request.param)
    notebook.screenshot("opened")
    yield notebook
    page.close()


@pytest.fixture(scope="module")
def run(opened):
    """Run all cells of it."""
    opened.run_all()
    opened.screenshot("run")
    return opened
