"""``python -m mlmath_helpers COMMAND ...`` is ``mlmath COMMAND ...``; without one, the versions."""

import sys

from ._commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["versions"]))
