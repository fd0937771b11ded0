"""What a page of the site may load, and from where: its Content-Security-Policy.

A page carries it in a `meta` element, since a static host sends no headers of ours. There it binds
the page and workers from blobs, but not a worker that is loaded by its address, as the kernel's is:
a test looks at the requests of that one.
"""

import base64
import hashlib
import re

NOTHING = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
OWN = dict.fromkeys(("script-src", "style-src", "img-src", "font-src"), "'self'")

READING = NOTHING | OWN
# The page around a notebook holds the notebook's frame, starts the worker that keeps the site
# in the browser, and fetches the newest edition.
RUNNING = NOTHING | OWN | dict.fromkeys(("connect-src", "worker-src", "frame-src"), "'self'")
# JupyterLite's own pages. Whatever goes beyond 'self' was left out once, to see what it is for.
LIVE = (
    NOTHING
    | OWN
    | {
        # 'unsafe-eval': JupyterLab compiles the schemas of its settings into functions; without
        # it, themes, shortcuts and menus do not start. 'wasm-unsafe-eval': WebAssembly, which the
        # former allows too, should that go one day. blob: a widget may bring its front end as
        # a module from a blob.
        "script-src": "'self' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src": "'self' blob:",
        # JupyterLab, its editor and MathJax write their styles into the page.
        "style-src": "'self' 'unsafe-inline'",
        # Pictures in a notebook's outputs and JupyterLab's icons are addresses that hold the data.
        "img-src": "'self' data:",
        "connect-src": "'self'",  # notebooks, settings, what Python is made of
        "manifest-src": "'self'",
    }
)


def text(policy):
    """Return a policy as it is written in a page."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def enter(page):
    """Write the policy LIVE into the text of a page of JupyterLite's, before all that it loads.

    A script that stands in the page itself is allowed by the checksum of just this script.
    """
    scripts = re.findall(r"<script(?: type=.module.)?>(.*?)</script>", page, re.S)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    policy = LIVE | {"script-src": " ".join([LIVE["script-src"], *hashes])}
    meta = f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">'
    head = re.search(r'<head>(.*?<meta charset="utf-8" />)?', page, re.S)
    return f"{page[: head.end()]}\n    {meta}{page[head.end() :]}"
