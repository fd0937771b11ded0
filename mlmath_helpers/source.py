"""Reading the source of the course in the notebook."""

import inspect


def show_source(function):
    """Show the code of a function or class of the course, as the package runs it.

    The notebook stores what is shown, and the tests compare it with the package, so the
    text in front of you is never another version of the code that runs.

    Parameters
    ----------
    function : function or class
        The thing itself, not its result: ``show_source(norm)``, not ``show_source(norm(v))``.

    Raises
    ------
    TypeError
        If there is no Python source to show: a value, a module, or something that is
        built into Python or numpy.

    Examples
    --------
    >>> from mlmath_helpers import show_source
    >>> show_source(show_source)  # doctest: +ELLIPSIS
    def show_source(function):
        ...
    """
    source = _source_of(function)

    from IPython import get_ipython  # here, so that importing the package stays quick
    from IPython.display import display

    if get_ipython() is None:  # a plain Python prompt
        print(source)
    else:
        display({"text/markdown": _fenced(source), "text/plain": source}, raw=True)


def _source_of(function):
    """Return the source text, without the empty lines around it."""
    inner = inspect.unwrap(function) if callable(function) else function
    if not (inspect.isroutine(inner) or inspect.isclass(inner)):
        raise TypeError(
            f"function must be a function or a class, not a value of type "
            f"{type(function).__name__}; write show_source(norm), without calling norm"
        )
    try:
        return inspect.getsource(function).strip("\n")
    except (OSError, TypeError):
        raise TypeError(
            f"function {getattr(function, '__name__', function)!r} has no Python source to show: "
            "it is built into Python or a compiled library; give a function or class of the course"
        ) from None


def _fenced(source):
    """Put the source into a markdown code block that no backticks inside can end."""
    fence = "```"
    while fence in source:
        fence += "`"
    return f"{fence}python\n{source}\n{fence}"
