"""Save the README's pictures, as the explorers draw them at their start: ``make pictures``."""

import base64
import pathlib
import re
from html import unescape

from mlmath_helpers.explorers import linear_algebra

PICTURES = pathlib.Path(".github", "pictures")
IN_THE_README = (
    linear_algebra.linear_map,
    linear_algebra.image_compression,
    linear_algebra.eigenvectors,
)


def picture(factory):
    """Return the PNG and the sentence of an explorer, from the picture that a learner sees."""
    shown = factory().image.value
    png = base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', shown)[1])
    return png, unescape(re.search(r'alt="([^"]*)"', shown)[1])


def main():
    """Save the pictures and print the row that the README shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for factory in IN_THE_README:
        png, sentence = picture(factory)
        path = PICTURES / f"{factory.__name__}.png"
        path.write_bytes(png)
        print(f'<img src="{path.as_posix()}" width="32%" alt="{sentence}">')


if __name__ == "__main__":
    main()
