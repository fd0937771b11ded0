"""``mlmath lab [FOLDER] [FLAGS]``: open JupyterLab at the course's first notebook.

Without a folder it opens ``my/``, the learner's copy of the notebooks where this is called, after
it has taken what is new in the course into it (`copy_notebooks`). The flags are JupyterLab's own.
"""

import pathlib
import signal
import sys

HELP = """usage: mlmath lab [FOLDER] [FLAGS]

Copies the notebooks to my/ here, or takes what is new into what you have there, and opens
JupyterLab on them; Ctrl+C ends it. With a FOLDER it opens that one, as it is.

FLAGS are JupyterLab's own, for instance
  --no-browser --port=8890                  over ssh -L 8890:localhost:8890
  --allow-root --no-browser --ip=0.0.0.0    as root in a container
  --help-all                                all of them"""


def main(arguments):
    """Bring the learner's copy up to date and start JupyterLab on it."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(HELP)
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C before it has started: without a word
    # What takes seconds to import and is of no use here.
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().with_name("without")))
    try:
        from . import server
    except ImportError as error:
        sys.exit(
            f"mlmath: JupyterLab is not in this Python ({error}): python -m pip install jupyterlab"
            " (the notebooks alone, for another program: mlmath copy my)"
        )
    server.start(arguments)
