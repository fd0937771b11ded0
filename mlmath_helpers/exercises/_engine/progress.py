"""What the learner has passed, what comes next, and what to write once more."""

from itertools import groupby

from . import session

ONCE_MORE = 5


def progress(chapter=None):
    """Print which exercises you have passed, section by section, and which to try next.

    They are remembered in ``mlmath-progress.json``, in the folder of the notebook, each with
    the answer that passed last. Whoever deletes that file begins anew.

    Parameters
    ----------
    chapter : str, optional
        The title of a chapter, such as ``"linear algebra"``; by default all of them.

    Raises
    ------
    ValueError
        If no chapter has this title.
    """
    titles = list(session.chapters)
    if chapter is not None and chapter not in titles:
        raise ValueError(f"chapter must be one of {', '.join(map(repr, titles))}, not {chapter!r}")
    asked = titles if chapter is None else [chapter]
    passed = session.record.passed()
    for title in asked:
        _print_chapter(title, passed)
    keys = [(title, name) for title in asked for name in session.chapters[title]]
    following = _next(keys, passed)
    if following:
        print(f"Try next: {_placed(*following)}.")
    else:
        print("All passed. review() names those to write once more.")


def review():
    """Print the five exercises that you passed longest ago, to write once more from memory.

    One that you write and check again goes to the end of the row.
    """
    passed = session.record.passed()
    known = [(title, name) for title, names in session.chapters.items() for name in names]
    oldest = sorted((key for key in known if key in passed), key=lambda key: passed[key].last)
    if not oldest:
        print("Nothing has been passed yet. progress() says what to try.")
        return
    print("Write once more from memory, each in a new cell, and check it:")
    for key in oldest[:ONCE_MORE]:
        print(f"  {_placed(*key)}, passed on {passed[key].last.astimezone().date()}")


def _print_chapter(title, passed):
    exercises = session.chapters[title]
    count = sum((title, name) in passed for name in exercises)
    print(f"{title}: {count} of {len(exercises)} passed")
    for section, group in groupby(exercises, key=lambda name: exercises[name].section):
        names = list(group)
        done = [name for name in names if (title, name) in passed]
        still_open = [name for name in names if (title, name) not in passed]
        parts = (("passed", done), ("open", still_open))
        words = "; ".join(f"{word} {', '.join(which)}" for word, which in parts if which)
        print(f"  {section}: {words}" if section else f"  {words}")


def _next(keys, passed):
    """Return the first open exercise after the newest one passed, or else the first open one."""
    newest = max(
        (number for number, key in enumerate(keys) if key in passed),
        key=lambda number: (passed[keys[number]].first, number),
        default=-1,
    )
    in_turn = keys[newest + 1 :] + keys[: newest + 1]
    return next((key for key in in_turn if key not in passed), None)


def _placed(title, name):
    section = session.chapters[title][name].section
    return f"{name} ({title}, {section})" if section else f"{name} ({title})"
