"""The moving pictures of a figure, in one file: for each state only the pixels that it changes.

The page shows the still of the start. The file makes a ground of it, without what moves, and
holds what each state puts on that. It is a script, which a page's policy and a copy on disk allow
as they allow a picture; its pictures are WebP without loss, written as text.
"""

import base64
import hashlib
import io
import json

import numpy as np
from PIL import Image, ImageFilter

WHITE = 0xFFFFFFFF


def pixels(png):
    """Return the pixels of a picture, each as one number (0xAABBGGRR)."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).view("<u4")[..., 0]


def webp(picture, **effort):
    """Return pixels as WebP that loses nothing."""
    file = io.BytesIO()
    channels = np.ascontiguousarray(picture).view(np.uint8).reshape(*picture.shape, 4)
    Image.fromarray(channels).save(file, "WEBP", lossless=True, **effort)
    return file.getvalue()


def ground(pictures):
    """Return what most of the pictures have in common: at each pixel what most of them show.

    The vote of Boyer and Moore, which needs to see each picture once: a pixel on which no
    majority agrees is that of some picture.
    """
    first, *others = pictures
    common, lead = first.copy(), np.ones(first.shape, dtype=np.int16)
    for picture in others:
        lead += np.where(picture == common, np.int16(1), np.int16(-1))
        taken = lead < 0
        common[taken] = picture[taken]
        lead[taken] = 1
    return common


def patch(picture, below, *, closed=False):
    """Return (left, top, pixels) of what differs from what is below, or None if nothing does.

    Pixels between that do not differ are transparent: they compress to almost nothing. But not
    where they are single ones, as in a photograph: ``closed`` takes those up.
    """
    changed = picture != below
    if closed:
        mask = Image.fromarray(changed.astype(np.uint8))
        mask = mask.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.MinFilter(3))
        changed |= np.asarray(mask) > 0
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not len(rows):
        return None
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return int(columns[0]), int(rows[0]), np.where(changed, picture, 0)[box]


def script(pngs, sentences, still, *, thorough=False):
    """Return the content of the file that moves a figure.

    It holds the patch that makes the ground of the still, and for each state its sentence and
    the patch that makes it of the ground. To be ``thorough`` takes ten times as long.
    """
    below = ground(map(pixels, pngs))
    effort = {"method": 5, "quality": 100} if thorough else {"method": 4, "quality": 75}
    patches = (patch(pixels(png), below, closed=thorough) for png in pngs)
    held = {
        "sentences": sentences,
        "ground": _packed(patch(below, still), effort),
        "patches": [_packed(each, effort) for each in patches],
    }
    text = json.dumps(held, ensure_ascii=False)
    return f'mlmathFrames[document.currentScript.getAttribute("src")] = {text};\n'.encode()


def _packed(found, effort):
    if found is None:
        return None
    left, top, differing = found
    return left, top, base64.b64encode(webp(differing, **effort)).decode()


def digest(content):
    """Return what tells this content of a file from another."""
    return hashlib.sha256(content).hexdigest()[:8]
