"""A real JupyterLab, as `make lab` starts it, and a Chromium that is on the machine."""

import contextlib
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
import notebook_page
import save_notebooks

SCREENSHOTS = pathlib.Path(__file__).parent / "screenshots"
NAMES = [path.stem for path in sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))]
PATIENCE = 60_000  # milliseconds, for a kernel's start on a busy machine


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **chromium.launch_args()}


PRIVATE = {  # no settings of a user's own
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}


class Lab:
    """A course of its own in a folder, opened there by the course's command, as learners do."""

    def __init__(self, folder):
        self.folder, self.mine = folder, folder / "my"
        # A clone of its own: its notebooks are changed, and its package finds them beside it.
        for part in ("notebooks", "mlmath_helpers"):
            shutil.copytree(save_notebooks.ROOT / part, folder / part)
        # "Opening a browser" only notes the address, so that the test opens what a learner gets.
        (folder / "note_address.py").write_text(
            "import sys, pathlib; "
            "pathlib.Path(__file__).with_name('address').write_text(sys.argv[1])"
        )

    def start(self):
        """Start JupyterLab, and return the address that it opens."""
        noted = self.folder / "address"
        noted.unlink(missing_ok=True)
        # The page lets the tests ask what it holds beyond what is in view; nothing else differs.
        asked = [
            "--allow-root",
            "--ip=127.0.0.1",
            "--port=0",
            "--LabApp.expose_app_in_browser=True",
        ]
        private = {name: str(self.folder / place) for name, place in PRIVATE.items()}
        learners = {name: value for name, value in os.environ.items() if name != "PYTEST_VERSION"}
        browser = f"'{sys.executable}' '{self.folder / 'note_address.py'}' %s"
        with open(self.folder / "log", "ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "mlmath_helpers", "lab", *asked],
                cwd=self.folder,
                env=learners | private | {"BROWSER": browser},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return _address(noted, self.server, self.folder / "log")

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=30)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    return Lab(tmp_path_factory.mktemp("course"))


@pytest.fixture
def own_lab(tmp_path):
    """A course that one test may change."""
    lab = Lab(tmp_path)
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def jupyterlab(lab):
    """The address of a JupyterLab on a fresh copy of the course."""
    try:
        yield lab.start()
    finally:
        lab.stop()


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

    def wait_until_ready(self):
        """Wait until all cells are in place and the kernel is there."""
        self.page.wait_for_function(
            """n => {
                const content = window.jupyterapp?.shell.currentWidget?.content;
                return content?.widgets?.length === n
                    && content.widgets.every(cell => !cell.isPlaceholder());
            }""",
            arg=len(self.stored().cells),
        )
        self.page.locator("#jp-main-statusbar", has_text="(ipykernel) | Idle").wait_for()

    def stored(self):
        """Return the notebook as it is in the repository."""
        return save_notebooks.read(save_notebooks.NOTEBOOKS / f"{self.name}.ipynb")

    def cells(self):
        """Return the cells as the page holds them."""
        return self.page.evaluate(notebook_page.CELLS)

    def bring(self, cell_id):
        """Bring a cell into view, and return it."""
        return notebook_page.bring(self.page, cell_id)

    def landed(self, words):
        """Wait until the heading with these words is in the upper fifth, and stays there."""
        notebook_page.landed(self.page, words)

    def choose(self, menu, item):
        """Click an item of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def run_all(self):
        """Clear what is stored, run all cells by the menu, and wait until the last is done."""
        self.choose("Edit", "Clear Outputs of All Cells")
        self.choose("Run", "Run All Cells")
        self.page.wait_for_function(notebook_page.ALL_RAN, polling=500, timeout=3 * PATIENCE)

    def wrong_outputs(self):
        """Return all errors and warnings among the outputs."""
        return notebook_page.wrong_outputs(self.page)

    def screenshot(self, what):
        """Keep a picture of the window, to look at."""
        self.page.screenshot(path=SCREENSHOTS / f"{self.name}-{what}.png")


def open_notebook(page, start, name, *, ready=True):
    """Open a notebook in a page; its cells are in place and its kernel is there, if asked for."""
    notebook = NotebookPage(page, start, name)
    if ready:
        notebook.wait_until_ready()
    return notebook


@contextlib.contextmanager
def _window(browser):
    """Open a window, of the size of a small laptop's."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.fixture(scope="module")
def window(browser):
    """A window that the tests of a file share."""
    with _window(browser) as page:
        yield page


@pytest.fixture
def page(browser):
    """A window of one test."""
    with _window(browser) as page:
        yield page


@pytest.fixture(scope="module", params=NAMES)
def opened(request, window, jupyterlab):
    """Open one of the notebooks, of which no cell has run yet."""
    notebook = open_notebook(window, jupyterlab, request.param)
    notebook.screenshot("opened")
    return notebook


@pytest.fixture(scope="module")
def run(opened):
    """Run all cells of it."""
    opened.run_all()
    opened.screenshot("run")
    return opened
