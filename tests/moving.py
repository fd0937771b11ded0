"""What the tests of the figures on the pages share: the figures, and how a reader moves one."""

import functools
import json

import nbformat

import figures
from static_site import NAMES, ROOT

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@functools.cache
def tasks(name):
    """Return the figures of a notebook."""
    return figures.tasks(name, nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4))


ALL = {task.name: task for name in NAMES for task in tasks(name)}


class OnPage:
    """A figure on a page."""

    def __init__(self, page, address, name):
        self.page, self.task = page, ALL[name]
        self.address = f"{address}read/{self.task.stem}.html"
        if page.url.partition("#")[0] != self.address:
            page.goto(self.address)
        self.figure = page.locator(f"#{self.task.cell} figure.moving")
        self.figure.scroll_into_view_if_needed()
        self.control = self.figure.locator("input[type=range]").first

    def words(self):
        """Return the words of each stop, a list for each control."""
        inputs = self.figure.locator("input[type=range]")
        return [
            json.loads(text) for text in inputs.evaluate_all("a => a.map(i => i.dataset.words)")
        ]

    def sentence(self):
        return self.figure.locator(".sentence").inner_text()

    def set(self, stop):
        """Set the first control, as a script would, and wait until that is seen."""
        self.control.evaluate(
            """(input, stop) => {
                input.value = stop;
                input.dispatchEvent(new Event('input', {bubbles: true}));
            }""",
            stop,
        )
        self.settle()

    def settle(self):
        """Wait until what is seen is what the controls stand for."""
        self.figure.evaluate(
            """async figure => {
                const moving = figureOf(figure);
                while (moving.busy || (moving.shown !== moving.wanted && !moving.failed))
                    await new Promise(requestAnimationFrame);
            }"""
        )

    def pixels(self):
        """Return the picture that is seen: width, height, and its bytes (RGBA) as base64."""
        return self.figure.evaluate(
            """figure => {
                const { canvas, image } = figureOf(figure), copy = document.createElement('canvas');
                copy.width = image.naturalWidth;
                copy.height = image.naturalHeight;
                const pen = copy.getContext('2d');
                pen.drawImage(canvas?.isConnected ? canvas : image, 0, 0);
                return copy.toDataURL('image/png').split(',')[1];
            }"""
        )
