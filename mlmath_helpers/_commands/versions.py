"""``mlmath versions``: the versions that matter, for a report of an error."""

import argparse
import platform
import re
from importlib import metadata

COURSE = "mlmath-course"  # the name of what is installed; what is imported is mlmath_helpers
# What the notebooks need to run; the bounds are read from the installed course itself.
PACKAGES = ("numpy", "scipy", "matplotlib", "anywidget", "ipywidgets")
LAB = "jupyterlab"  # only `mlmath lab` needs it


def lower_bounds():
    """Return the lower bound of each package that the course needs, and of Python.

    Returns
    -------
    dict of str to str
        From a name to a version, as pyproject.toml states it.
    """
    course = metadata.metadata(COURSE)
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
    scipy         missing      needs 1.13 or newer
    """
    fits = installed is not None and _numbers(installed) >= _numbers(bound)
    verdict = "fits" if fits else "needs"
    return fits, f"{name:13} {installed or 'missing':12} {verdict} {bound} or newer"


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


def main(arguments):
    """Print one line for each version; return 0 if all fit and 1 if any does not."""
    argparse.ArgumentParser("mlmath versions", description=__doc__).parse_args(arguments)
    course = installed_version(COURSE)
    if course is None:
        print(f"{COURSE} missing      in this Python; the README says how to install it")
        return 1
    bounds = lower_bounds()
    print(f"{COURSE} {course:12} on {platform.platform()}")
    rows = [version_row("python", platform.python_version(), bounds["python"])]
    rows += [version_row(name, installed_version(name), bounds[name]) for name in PACKAGES]
    if lab := installed_version(LAB):
        rows.append(version_row(LAB, lab, bounds[LAB]))
    else:
        rows.append((True, f"{LAB:13} missing      which only mlmath lab needs"))
    print("\n".join(row for _, row in rows))
    return 0 if all(fits for fits, _ in rows) else 1
