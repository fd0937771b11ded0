"""The commands of the course for the shell: ``mlmath COMMAND ...``."""

import importlib
import sys

# Of each command its module here, which has a `main(arguments)`, and what it does.
COMMANDS = {
    "lab": ("lab", "copy the notebooks to my/ and open them in JupyterLab"),
    "copy": ("copy_notebooks", "copy the notebooks to a folder, or bring those there up to date"),
    "release": ("release", "write the notebooks of chosen sections, for a class"),
    "grade": ("grade", "try the notebooks of a class, and write a table of what passed"),
    "versions": ("versions", "print the versions that matter, for a report of an error"),
}


def main(arguments=None):
    """Run the command that the arguments name.

    Parameters
    ----------
    arguments : list of str, optional
        The name of a command and what it is given; those of the shell without them.

    Returns
    -------
    int or None
        The exit code: 0 or None if all went well.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    name, *rest = arguments or ["--help"]
    if name in ("-h", "--help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"mlmath: there is no command {name}\n{usage()}", file=sys.stderr)
        return 2
    module, _ = COMMANDS[name]
    return importlib.import_module(f".{module}", __name__).main(rest)


def usage():
    """Return one line for each command."""
    rows = [f"  mlmath {name:9} {does}" for name, (_, does) in COMMANDS.items()]
    return "\n".join(["usage: mlmath COMMAND ...", *rows, "Each of them says more with --help."])
