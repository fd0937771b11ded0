"""The static site that `make site` has built, in Chromium; no request may leave the site."""

import threading

import pytest

import chromium
import static_site
from net import Net
from processes import KeptTogether

# What Chromium asks its makers of its own accord, whatever a page is.
NO_ERRANDS = "--disable-features=AutofillServerCommunication,OptimizationHints,PreconnectToSearch"
# What goes to one process: the tests of a chapter that has been run, and those that share a page
# whose Python is ready.
TOGETHER = r"test_live.*\[.*(\d\d_[a-z_]+)|(a_notebooks)_(?:page|python)_"


@pytest.hookimpl(optionalhook=True)  # without xdist, too
def pytest_xdist_make_scheduler(config, log):
    return KeptTogether(config, log, TOGETHER)


@pytest.fixture(scope="session")
def address():
    """Serve the site, and return the address of its front page."""
    assert (static_site.SITE / "index.html").is_file(), "there is no site: run `make site` first"
    server, address = static_site.serve()
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    launch = chromium.launch_args()
    return {**browser_type_launch_args, **launch, "args": [*launch["args"], NO_ERRANDS]}


@pytest.fixture
def net():
    """Return a net of its own, for a test that means to leave the site."""
    with Net() as net:
        yield net


@pytest.fixture(scope="module")
def visit(browser, address):
    """Open pages in contexts of their own.

    At the end, no request has left the site, and no page has tried what its policy forbids.
    """
    contexts, forbidden = [], []

    def listen(message):
        if "Content Security Policy" in message.text:
            forbidden.append(message.text)

    with Net() as net:

        def new_page(**options):
            contexts.append(browser.new_context(**net.around(address), **options))
            contexts[-1].on("console", listen)
            return contexts[-1].new_page()

        yield new_page
        for context in contexts:
            context.close()
        assert net.left == [], "requests that left the site"
    assert forbidden == [], "what a page's policy forbids"
