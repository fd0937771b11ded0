"""No page of the site, and no Python in it, asks anything but the site; each would be caught."""

import re
import time

import pytest

from net import Net
from static_site import NAMES, SITE

PATIENCE = 240_000  # milliseconds: Python has to start in two browsers, on a busy machine
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))

# Each way in which a page or a worker can ask another host, by the name of the host it asks. Not
# by https: Chromium opens a connection for a frame before it looks at the page's policy, and
# the net cannot tell that from a request.
FROM_A_WORKER = {
    "fetch": "fetch('http://fetch.invalid/').catch(() => {})",
    "xhr": "try { const x = new XMLHttpRequest(); x.open('GET', 'http://xhr.invalid/', false);"
    " x.send(); } catch {}",
    "socket": "new WebSocket('ws://socket.invalid/')",
    "events": "new EventSource('http://events.invalid/')",
    "module": "import('http://module.invalid/m.js').catch(() => {})",
    "nested": "new Worker(URL.createObjectURL(new Blob(["
    "'fetch(\"http://nested.invalid/\").catch(() => {})'])))",
    "port": "fetch('http://127.0.0.1:4321/port.invalid').catch(() => {})",
}
FROM_A_PAGE = FROM_A_WORKER | {
    "image": "new Image().src = 'http://image.invalid/i.png'",
    "script": "document.head.append(Object.assign(document.createElement('script'),"
    " {src: 'http://script.invalid/s.js'}))",
    "style": "document.head.append(Object.assign(document.createElement('link'),"
    " {rel: 'stylesheet', href: 'http://style.invalid/s.css'}))",
    "font": "new FontFace('f', 'url(http://font.invalid/f.woff2)').load().catch(() => {})",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'),"
    " {src: 'http://frame.invalid/'}))",
    "object": "document.body.append(Object.assign(document.createElement('object'),"
    " {data: 'http://object.invalid/'}))",
    "media": "new Audio('http://media.invalid/a.mp3').load()",
    "beacon": "navigator.sendBeacon('http://beacon.invalid/', 'x')",
    "form": "(() => { const f = document.createElement('form'); f.action = 'http://form.invalid/';"
    " f.target = 'a-frame'; const i = document.createElement('iframe'); i.name = 'a-frame';"
    " document.body.append(i, f); f.submit(); })()",
}


def hosts(left):
    """Return the names of the hosts that were asked."""
    return set(re.findall(r"(\w+)\.invalid", " ".join(left)))


def open_page(browser, net, address, name, **options):
    page = browser.new_context(**net.around(address), **options).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address + name)
    return page


def try_all(page, ways):
    for way in ways.values():
        page.evaluate(f"() => {{ {way}; }}")


def wait_until_asked(page, net, wanted):
    """Wait for requests to all these hosts: a worker has to start for some of them."""
    deadline = time.monotonic() + PATIENCE / 1000
    while hosts(net.left) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(100)


# --- The net itself ---------------------------------------------------------------------------


def test_the_net_catches_each_way_in_which_a_page_can_leave(browser, net, address):
    page = open_page(browser, net, address, "index.html", bypass_csp=True)
    try_all(page, FROM_A_PAGE)
    wait_until_asked(page, net, set(FROM_A_PAGE))
    page.context.close()
    assert hosts(net.left) == set(FROM_A_PAGE)


# --- The policies of the pages ------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_policy_before_anything_that_it_loads(name):
    text = (SITE / name).read_text(encoding="utf-8")
    (found,) = re.findall(r"<meta\b[^>]*Content-Security-Policy[^>]*>", text)
    before = text.partition(found)[0]
    assert not re.search(r"<(link|script|style|img|iframe|body)\b", before)
    policy = found.replace("&#39;", "'")
    assert "default-src 'none'" in policy
    assert "*" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
    needs_more = name.startswith("live/")
    assert ("'unsafe-eval'" in policy) == ("'unsafe-inline'" in policy) == needs_more


def test_each_kind_of_page_is_there():
    kinds = {name.partition("/")[0] for name in PAGES}
    assert kinds == {"index.html", "read", "run", "live"}


@pytest.mark.parametrize("name", ["index.html", f"read/{NAMES[1]}.html", f"run/{NAMES[1]}.html"])
def test_a_page_cannot_leave_the_site(name, browser, net, address):
    page, said = open_page(browser, net, address, name), []
    page.on("console", lambda message: said.append(message.text))
    try_all(page, FROM_A_PAGE)
    page.wait_for_timeout(3000)
    page.context.close()
    assert net.left == []
    assert any("Content Security Policy" in text for text in said), "it is reported, too"


def start_python(page):
    """Wait until the notebook's Python is ready, and return the notebook's frame."""
    page.locator("#state", has_text="Python is ready").wait_for()
    (frame,) = page.main_frame.child_frames
    return frame


def run_python(frame, code):
    """Run code in the notebook's Python, past its cells."""
    status = frame.evaluate(
        """async code => {
            const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
            return (await kernel.requestExecute({ code }).done).content.status;
        }""",
        code,
    )
    assert status == "ok"


@pytest.fixture(scope="module")
def notebook(browser, address):
    """The frame of a notebook whose Python is ready, and the net around it."""
    with Net() as net:
        page = open_page(browser, net, address, "run/00_start_here.html")
        yield start_python(page), net
        page.context.close()


def test_a_notebooks_page_cannot_leave_the_site(notebook):
    frame, net = notebook
    try_all(frame, FROM_A_PAGE)
    frame.wait_for_timeout(3000)
    assert net.left == []


# The smallest module of WebAssembly: its magic number and its version.
WASM = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'ran')"


def test_a_notebooks_page_may_compile_webassembly(notebook):
    assert notebook[0].evaluate(WASM) == "ran"


def test_a_notebooks_page_may_load_a_module_from_a_blob(notebook):
    module = """async () => {
        const blob = new Blob(["export default 'ran'"], { type: 'text/javascript' });
        return (await import(URL.createObjectURL(blob))).default;
    }"""
    assert notebook[0].evaluate(module) == "ran"


def test_a_notebooks_page_may_start_a_worker_from_a_blob(notebook):
    worker = """wasm => new Promise((resolve, reject) => {
        const blob = new Blob([`${wasm}.then(postMessage)`], { type: 'text/javascript' });
        const worker = new Worker(URL.createObjectURL(blob));
        worker.onmessage = message => resolve(message.data);
        worker.onerror = reject;
    })"""
    assert notebook[0].evaluate(worker, WASM) == "ran"


def test_a_notebooks_page_runs_no_script_that_an_output_writes_into_it(notebook):
    script = """() => {
        const script = document.createElement('script');
        script.textContent = 'window.written = true';
        document.body.append(script);
        return window.written ?? false;
    }"""
    assert notebook[0].evaluate(script) is False


def test_the_net_catches_each_way_in_which_a_notebooks_python_can_leave(notebook):
    """Its policy does not hold for it: the net alone does, in each test of the live course."""
    frame, net = notebook
    assert net.left == [], "until it is told to"
    ways = "\n".join(f"js.eval({way!r})" for way in FROM_A_WORKER.values())
    run_python(frame, f"import js\n{ways}")
    python = "import pyodide.http\ntry:\n    pyodide.http.open_url('http://python.invalid/')\n"
    run_python(frame, f"{python}except Exception:\n    pass")
    wait_until_asked(frame, net, {*FROM_A_WORKER, "python"})
    assert hosts(net.left) == {*FROM_A_WORKER, "python"}
