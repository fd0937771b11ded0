"""Where the course's own notebooks are."""

import pathlib

PACKAGE = pathlib.Path(__file__).resolve().parents[1]


def notebooks(package=PACKAGE):
    """Return the folder of the course's notebooks.

    Parameters
    ----------
    package : pathlib.Path
        The folder of ``mlmath_helpers``.

    Returns
    -------
    pathlib.Path
        Within the package where it was installed from a wheel, beside it in a clone.

    Raises
    ------
    FileNotFoundError
        If neither is there.
    """
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"the course's notebooks are neither in {package} nor beside it: install the course anew"
    )
