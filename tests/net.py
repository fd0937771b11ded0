"""A net around the site: it holds every request of a browser to anything else.

It is a proxy, below all that a page can do: requests of pages, frames, workers of any kind and
web sockets end there alike, whatever the browser says of them.
"""

import socketserver
import threading
from urllib.parse import urlsplit


class Net(socketserver.ThreadingTCPServer):
    """A proxy that notes each request in ``left``, and answers none."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), None)
        self.left = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()

    def finish_request(self, request, client_address):
        """Note the first line, as in ``CONNECT host:443``; the connection is closed after it."""
        line = request.makefile(encoding="latin-1").readline().strip()
        if line:  # a browser may open a connection and never use it
            self.left.append(line)

    def handle_error(self, request, client_address):
        """A browser that is closed drops its connections."""

    def around(self, address):
        """Return the options of a context whose requests end here, but for those to the site."""
        site = urlsplit(address).netloc
        proxy = {
            "server": f"http://127.0.0.1:{self.server_address[1]}",
            "bypass": f"<-loopback>,{site}",  # this machine's other ports are not the site
        }
        return {"proxy": proxy}
