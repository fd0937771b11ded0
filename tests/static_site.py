"""Where the static site is, and a server that shows it as a host would: below some folder."""

import http.server
import io
import pathlib
import sys
import typing

ROOT = pathlib.Path(__file__).parents[1]
SITE = ROOT / "_site"
NAMES = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
FOLDER = "/a/folder/"
SCREENSHOTS = ROOT / "tests" / "site" / "screenshots"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve the site below FOLDER, and nothing else."""

    protocol_version = "HTTP/1.1"
    rebuilt: typing.ClassVar = {}  # path in the site: its bytes in a new build

    def __init__(self, *args):
        super().__init__(*args, directory=str(SITE))

    def send_head(self):
        new = self.rebuilt.get(self.path.partition("?")[0].removeprefix(FOLDER))
        if new is None:
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(new)))
        self.end_headers()
        return io.BytesIO(new)

    def translate_path(self, path):
        inside = path.removeprefix(FOLDER[:-1]) if path.startswith(FOLDER) else "/nothing/is/here"
        return super().translate_path(inside)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A browser that turns to another page drops what it had asked for: that is no error."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve():
    """Return a server on a free port of the loopback address, and the site's address on it."""
    server = Server(("127.0.0.1", 0), Handler)
    return server, f"http://127.0.0.1:{server.server_port}{FOLDER}"
