"""The Chromium of this machine, for the PDFs and for the tests that need a browser."""

import os
import shutil

FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root with it, and visits loopback only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def launch_args():
    """Return how Playwright has to start it."""
    browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"]
    found = [shutil.which(name) for name in [os.environ.get("CHROMIUM", "chromium"), *browsers]]
    path = next((path for path in found if path), None)
    if path is None:
        raise FileNotFoundError(
            "no Chromium found: install it, or name it in the environment variable CHROMIUM"
        )
    return {"executable_path": path, "args": FLAGS}
