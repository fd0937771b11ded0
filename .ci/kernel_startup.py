"""Make warnings errors in a notebook's kernel, by the same list as in the tests.

IPython runs this file (PYTHONSTARTUP) after a kernel's own start-up and before the
first cell. It leaves no name behind.
"""


def _turn_warnings_into_errors():
    import pathlib
    import tomllib
    import warnings

    project = tomllib.loads(
        (pathlib.Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    )
    for line in project["tool"]["pytest"]["ini_options"]["filterwarnings"]:
        action, message, category, module = [*line.split(":"), "", "", ""][:4]
        category = getattr(__import__("builtins"), category or "Warning")
        warnings.filterwarnings(action, message, category, module)


_turn_warnings_into_errors()
del _turn_warnings_into_errors
