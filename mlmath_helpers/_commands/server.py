"""The JupyterLab that `mlmath lab` starts: on the learner's copy, in the course's words."""

import contextlib
import json
import logging
import os
import pathlib
import signal
import socket
import sys

import tornado.netutil
import traitlets
from jupyter_server.serverapp import ServerApp, list_running_servers
from jupyterlab.labapp import LabApp

from . import copy_notebooks, kernel_environment
from .course import notebooks

MINE = pathlib.Path("my")
FIRST = "00_start_here.ipynb"
# What the course asks of JupyterLab. It travels with the call, and a learner's own settings win.
SETTINGS = pathlib.Path(__file__).resolve().with_name("lab_settings")
# What brings a click on a link to the cell that it names; it travels with the call too.
EXTENSIONS = SETTINGS.with_name("labextensions")


class CourseServer(ServerApp):
    """Jupyter's server, which says in a line each what a learner has to know."""

    folder = MINE
    news = ()

    @traitlets.default("log_level")
    def _warnings_only(self):
        return logging.WARNING

    def init_httpserver(self):
        """Take the port that was asked for or none: whoever names one is waiting there."""
        asked = any("port" in self.config[part] for part in ("ServerApp", type(self).__name__))
        try:
            for bound in tornado.netutil.bind_sockets(self.port if asked else 0, self.ip):
                bound.close()
        except OSError as error:
            sys.exit(
                f"mlmath: {self.ip}:{self.port} cannot be had ({error.strerror}): ask for another, "
                f"--port={self.port + 1} (make lab LAB_FLAGS=--port={self.port + 1}), or for none, "
                "and a free one is found"
            )
        super().init_httpserver()

    def start_app(self):
        """Start, but as root only if told to; the address is the course's to say."""
        if not self.allow_root and hasattr(os, "geteuid") and os.geteuid() == 0:
            sys.exit(
                "mlmath: JupyterLab starts as root only if told to, as in a container: "
                "--allow-root --ip=0.0.0.0 (make lab LAB_FLAGS='--allow-root --ip=0.0.0.0')"
            )
        token = self.identity_provider.token
        self.log.addFilter(lambda record: not (token and token in record.getMessage()))
        super().start_app()

    def init_signal(self):
        """End at once on Ctrl+C, without a question: the notebooks are saved."""
        super().init_signal()
        signal.signal(signal.SIGINT, lambda *_: self.stop(from_signal=True))

    def start_ioloop(self):
        """Serve, and say where, and at the end where the work is."""
        self.io_loop.add_callback(self.say_where)
        super().start_ioloop()
        say(f"ended; your notebooks are in {self.folder.resolve()}")

    def say_where(self):
        """Say what is new, and the address, once JupyterLab has said what it has to."""
        say(*CourseServer.news, f"the course is at {self.address()} (Ctrl+C ends it)")
        CourseServer.news = ()

    def address(self):
        """Return the address of the first notebook, which opens it without another question."""
        address = self.connection_url
        if self.ip in ("0.0.0.0", "::", ""):  # on all of them, of which this one always is
            address = address.replace(socket.gethostname(), "localhost", 1)
        address += f"lab/tree/{FIRST}" if (self.folder / FIRST).exists() else "lab"
        identity = self.identity_provider
        return f"{address}?token={identity.token}" if identity.token_generated else address


def say(*lines):
    """Print lines of the course's own, among JupyterLab's."""
    for line in lines:
        print(f"mlmath: {line}", flush=True)


def remove_settings_of_older_versions():
    """Remove what the course once wrote into its environment, if it is exactly that."""
    written = pathlib.Path(sys.prefix, "share", "jupyter", "lab", "settings", "overrides.json")
    notification = {"checkForUpdates": False, "fetchNews": "false"}
    settings = {"@jupyterlab/apputils-extension:notification": notification}
    with contextlib.suppress(OSError):
        if written.read_text(encoding="utf-8") == json.dumps(settings, indent=2) + "\n":
            written.unlink()


def address_of_another(folder):
    """Return the address of a JupyterLab that is running on a folder, or None."""
    for server in list_running_servers():
        if pathlib.Path(server["root_dir"]) == folder.resolve():
            with contextlib.suppress(OSError):  # a note may be left of one that is no more
                socket.create_connection((server["hostname"], server["port"]), timeout=2).close()
                return server["url"]
    return None


def prepared(folder):
    """Make the learner's copy, if it is that which is opened; return what there is to say."""
    if folder == MINE:
        if open_at := address_of_another(MINE):
            return [f"my is open at {open_at} already: a new edition waits until that has ended"]
        try:
            said = copy_notebooks.bring_up_to_date(notebooks(), MINE)
        except FileExistsError:
            sys.exit("mlmath: my is to be your folder: give the file of that name another one")
        except OSError as error:
            sys.exit(f"mlmath: the folder my cannot be made ({error.strerror})")
        if not any(MINE.glob("*.ipynb")):
            sys.exit("\n".join(f"mlmath: {line}" for line in said))
        return said
    if not folder.is_dir():
        sys.exit(f"mlmath: there is no folder {folder}")
    return []


def start(arguments):
    """Bring the learner's copy up to date and start JupyterLab on it."""
    folder = MINE
    if arguments and not arguments[0].startswith("-"):
        folder = pathlib.Path(arguments.pop(0))
    CourseServer.folder, CourseServer.news = folder, prepared(folder)
    remove_settings_of_older_versions()
    first = folder / FIRST
    LabApp.serverapp_class = CourseServer
    # Tornado reads Jupyter's milliseconds as seconds, and warns of that at the first notebook.
    logging.getLogger("tornado.general").addFilter(
        lambda record: "websocket_ping_timeout" not in record.getMessage()
    )
    flags = [
        "--LabApp.log_level=WARN",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
    ]
    if kernel_environment.can_be_encrypted():
        # Other users of the machine cannot listen, of which each kernel would warn.
        flags.append("--KernelManager.transport_encryption=auto")
    kernel_environment.prepare()
    try:
        LabApp.launch_instance([*flags, str(first if first.exists() else folder), *arguments])
    except OSError as error:
        sys.exit(f"mlmath: JupyterLab could not start: {error}")
    finally:
        say(*CourseServer.news)  # not said yet if it did not start
