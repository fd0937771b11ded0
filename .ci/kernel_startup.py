"""Make warnings errors in a notebook's kernel, by the same list as in the tests.

IPython runs this file (PYTHONSTARTUP) while a kernel starts. The rest of the start is not
ours to judge, so the filters wait for the first cell. No name is left behind.
"""


def _make_warnings_errors_from_the_first_cell_on():
    import builtins
    import pathlib
    import tomllib
    import warnings

    from IPython import get_ipython

    text = pathlib.Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8")
    filters = tomllib.loads(text)["tool"]["pytest"]["ini_options"]["filterwarnings"]
    events = get_ipython().events

    def at_the_first_cell(_cell):
        for line in filters:
            action, message, category, module = [*line.split(":"), "", "", ""][:4]
            kind = getattr(builtins, category or "Warning")
            warnings.filterwarnings(action, message, kind, module)
        events.unregister("pre_run_cell", at_the_first_cell)

    events.register("pre_run_cell", at_the_first_cell)


_make_warnings_errors_from_the_first_cell_on()
del _make_warnings_errors_from_the_first_cell_on
