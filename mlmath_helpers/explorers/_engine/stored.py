"""What a figure leaves behind in a stored notebook: a picture with its words, and more to see."""

from io import BytesIO

from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

COLUMNS = 3  # of states that are worth seeing


def page(png, sentence, how_to_start, stills, *, scale):
    """Return the PNG with words below it, and the states worth seeing, for all other viewers.

    The file says how high the picture alone is, for pages that set the text themselves.

    Parameters
    ----------
    png : bytes
    sentence, how_to_start : str
    stills : sequence of (bytes, str)
        The picture and the sentence of each state that is worth seeing.
    scale : float
        Pixels to a point.

    Returns
    -------
    bytes
    """
    picture = _opened(png)
    parts = [picture, _text([sentence, how_to_start], picture.width, 10 * scale)]
    if stills:
        parts.append(_text(["Worth seeing:"], picture.width, 10 * scale))
    for first in range(0, len(stills), COLUMNS):
        row = stills[first : first + COLUMNS]
        parts.append(_beside([_card(*still, picture.width // COLUMNS, scale) for still in row]))
    info = PngInfo()
    info.add_text("Picture height", f"{picture.height}")
    file = BytesIO()
    whole = _below(parts).quantize(256, method=Image.Quantize.MAXCOVERAGE)
    whole.save(file, "PNG", optimize=True, pnginfo=info)
    return file.getvalue()


def _card(png, sentence, width, scale):
    """Return a state that is worth seeing, small, with its sentence below it."""
    picture = _opened(png)
    picture = picture.resize((width, round(picture.height * width / picture.width)), Image.BOX)
    picture = picture.quantize(256, method=Image.Quantize.FASTOCTREE)  # the smallest file
    return _below([picture.convert("RGB"), _text([sentence], width, 9 * scale)])


def _opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def _below(pictures):
    whole = Image.new("RGB", (pictures[0].width, sum(each.height for each in pictures)), "white")
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    return whole


def _beside(pictures):
    width = COLUMNS * pictures[0].width
    whole = Image.new("RGB", (width, max(each.height for each in pictures)), "white")
    for column, picture in enumerate(pictures):
        whole.paste(picture, (column * picture.width, 0))
    return whole


def _text(paragraphs, width, size):
    """Return paragraphs as a picture of this width; ``size`` is that of the letters in pixels."""
    size = round(size)
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), size)
    lines = [line for text in paragraphs for line in _wrapped(text, font, width - 2 * size)]
    picture = Image.new("RGB", (width, round(1.4 * size * len(lines)) + size), "white")
    ImageDraw.Draw(picture).multiline_text(
        (size, size // 3), "\n".join(lines), "#202020", font, spacing=0.4 * size
    )
    return picture


def _wrapped(text, font, width):
    line = ""
    for word in text.split():
        if line and font.getlength(f"{line} {word}") > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
