"""The static site that `make site` has built, in Chromium; no request may leave the machine."""

import threading
from urllib.parse import urlsplit

import pytest

import chromium
import static_site


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
    return {**browser_type_launch_args, **chromium.launch_args()}


@pytest.fixture(scope="module")
def visit(browser):
    """Open pages in contexts of their own; at the end, no request has left this machine."""
    contexts, left = [], []

    def stop(route):
        left.append(route.request.url)
        route.abort()

    def new_page(**options):
        contexts.append(browser.new_context(**options))
        contexts[-1].route(_leaves, stop)
        return contexts[-1].new_page()

    yield new_page
    for context in contexts:
        context.close()
    assert left == [], "requests that left this machine"


def _leaves(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"
