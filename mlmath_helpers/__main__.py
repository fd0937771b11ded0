"""``python -m mlmath_helpers``: the versions that matter, for a report of an error."""

import platform
import re
import sys
from importlib import metadata

# What the notebooks need to run; the bounds are read from the installed course itself.
PACKAGES = ("numpy", "scipy", "matplotlib", "ipywidgets", "jupyterlab")


def lower_bounds():
    """Return the lower bound of each package that the course needs, and of Python.

    Returns
    -------
    dict of str to str
        From a name to a version, as pyproject.toml states it.
    """
    course = metadata.metadata("mlmath")
    bounds = {"python": course["Requires-Python"].removeprefix(">=")}
    for requirement in course.get_all("Requires-Dist"):
        name, _, bound = requirement.partition(">=")
        bounds[name.strip()] = bound.partition(";")[0].strip()
    return bounds


def version_row(name, installed, bound):
    """Say in one line whether an installed version fits its lower bound.

    Parameters
    ----------
    name : str
        What is installed, or not.
    installed : str or None
        Its version; None if it is missing.
    bound : str
        The oldest version that fits.

    Returns
    -------
    fits : bool
        Whether the version is there and new enough.
    row : str
        Name, version and verdict.

    Examples
    --------
    >>> version_row("numpy", "2.4.1", "2.0")[0], version_row("numpy", "1.26.4", "2.0")[0]
    (True, False)
    >>> print(version_row("scipy", None, "1.13")[1])
    scipy        missing      needs 1.13 or newer
    """
    fits = installed is not None and _numbers(installed) >= _numbers(bound)
    verdict = "fits" if fits else "needs"
    return fits, f"{name:12} {installed or 'missing':12} {verdict} {bound} or newer"


def _numbers(version):
    """Return the leading numbers of a version, without zeros at the end: 2.0.0rc1 is (2,)."""
    numbers = [int(part) for part in re.match(r"\d+(\.\d+)*", version)[0].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def installed_version(package):
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def main():
    """Print one line for each version; return 0 if all fit and 1 if any does not."""
    course = installed_version("mlmath")
    if course is None:
        print("mlmath       missing      in this Python; the README says how to install it")
        return 1
    bounds = lower_bounds()
    print(f"{'mlmath':12} {course:12} on {platform.platform()}")
    rows = [version_row("python", platform.python_version(), bounds["python"])]
    rows += [version_row(name, installed_version(name), bounds[name]) for name in PACKAGES]
    print("\n".join(row for _, row in rows))
    return 0 if all(fits for fits, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
