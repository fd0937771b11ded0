"""Reading the source of the course in the notebook."""

import ast
import inspect
import sys
import textwrap

from ._arguments import true_or_false


def show_source(function, *inner, whole=False):
    """Show the code of a function or class of the course, as the package runs it.

    The notebook stores what is shown, and the tests compare it with the package, so the
    text in front of you is never another version of the code that runs. Of a docstring only
    the first line is shown; ``help(norm)`` tells the rest.

    Parameters
    ----------
    function : function or class
        The thing itself, not its result: ``show_source(norm)``, not ``show_source(norm(v))``.
    inner : str
        Names of helpers that its file has and that carry part of the idea, to be shown below it.
    whole : bool
        Show the docstrings whole as well.

    Raises
    ------
    TypeError
        If there is no Python source to show: a value, a module, or something that is
        built into Python or numpy.
    ValueError
        If the file of ``function`` has no helper of a name given.

    Examples
    --------
    >>> from mlmath_helpers import show_source
    >>> show_source(show_source)  # doctest: +ELLIPSIS
    def show_source(function, *inner, whole=False):
        ...
    """
    whole = true_or_false(whole, "whole")
    shown = [function, *(_helper(function, name) for name in inner)]
    source = "\n\n\n".join(map(_source_of if whole else short_source, shown))

    from IPython import get_ipython  # here, so that importing the package stays quick
    from IPython.display import display

    if get_ipython() is None:  # a plain Python prompt
        print(source)
    else:
        display({"text/markdown": _fenced(source), "text/plain": source}, raw=True)


def short_source(function):
    """Return the source of a function or class, of each docstring the first line only.

    Parameters
    ----------
    function : function or class
        Written in Python.

    Returns
    -------
    str
        What `show_source` shows of it.

    Raises
    ------
    TypeError
        If ``function`` is something else, or has no Python source.
    """
    return _with_short_docstrings(_source_of(function))


def _source_of(function):
    """Return the source text, without the empty lines around it and without its indentation."""
    inner = inspect.unwrap(function) if callable(function) else function
    if not (inspect.isroutine(inner) or inspect.isclass(inner)):
        raise TypeError(
            f"function must be a function or a class, not a value of type "
            f"{type(function).__name__}; write show_source(norm), without calling norm"
        )
    try:
        return textwrap.dedent(inspect.getsource(function)).strip("\n")
    except (OSError, TypeError):
        raise TypeError(
            f"function {getattr(function, '__name__', function)!r} has no Python source to show: "
            "it is built into Python or a compiled library; give a function or class of the course"
        ) from None


def _helper(function, name):
    module = sys.modules[inspect.unwrap(function).__module__]
    if not callable(getattr(module, str(name), None)):
        raise ValueError(
            f"inner: {name!r} is no helper in the file of {function.__name__}; give a function's "
            "name, such as show_source(eigen_symmetric, '_turn')"
        )
    return getattr(module, name)


def _with_short_docstrings(source):
    """Leave the first line of each docstring."""
    lines, kinds = source.split("\n"), (ast.FunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    for node in sorted(nodes, key=lambda node: -node.lineno):  # from below: lines stay in place
        text = node.body[0]
        if ast.get_docstring(node) and text.end_lineno > text.lineno:
            lines[text.lineno - 1 : text.end_lineno] = [lines[text.lineno - 1] + '"""']
    return "\n".join(lines)


def _fenced(source):
    """Put the source into a markdown code block that no backticks inside can end."""
    fence = "```"
    while fence in source:
        fence += "`"
    return f"{fence}python\n{source}\n{fence}"
