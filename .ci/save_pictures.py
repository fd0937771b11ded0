"""Save the README's pictures, as the explorers draw them: ``make pictures``."""

import pathlib
import re
from html import escape

from mlmath_helpers.explorers import linear_algebra

README = pathlib.Path("README.md")
ROW = re.compile(r'(?<=<p align="center">\n).*?(?=</p>)', re.DOTALL)
PICTURES = pathlib.Path(".github", "pictures")
# Each explorer with the controls that are moved before its picture is taken.
IN_THE_README = {
    linear_algebra.linear_map: {},
    linear_algebra.image_compression: {"k": 20},
    linear_algebra.pca_direction: {"angle": 120},
}


def picture(factory):
    """Return the PNG and the sentence of an explorer, from the picture that a learner sees."""
    explorer = factory()
    for name, value in IN_THE_README[factory].items():
        explorer.controls[name].value = value
    return explorer.png, explorer.sentence


def row():
    """Return the lines of the README that show the pictures, each with its sentence."""
    return "".join(
        f'<img src="{PICTURES.as_posix()}/{factory.__name__}.png" width="32%" '
        f'alt="{escape(picture(factory)[1])}">\n'
        for factory in IN_THE_README
    )


def main():
    """Save the pictures, and put their row into the README."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for factory in IN_THE_README:
        (PICTURES / f"{factory.__name__}.png").write_bytes(picture(factory)[0])
    before, after = ROW.split(README.read_text(encoding="utf-8"))
    README.write_text(before + row() + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
