"""A prediction as the browser holds it. Its front end is ``question.js``."""

import json
from pathlib import Path

import anywidget
from traitlets import Bool, Unicode, observe

HERE = Path(__file__).parent


class Question(anywidget.AnyWidget):
    """What the browser shows of a prediction, and what the reader picks there."""

    _esm = HERE / "question.js"
    _css = HERE / "question.css"

    question = Unicode().tag(sync=True)
    choices = Unicode(help="the answers to pick from, JSON; none where a number is asked for").tag(
        sync=True
    )
    pick = Unicode().tag(sync=True)
    said = Unicode(help="what is said of the pick").tag(sync=True)
    agrees = Bool(help="whether it is right").tag(sync=True)
    answered = Unicode(help="the pick of which that is said").tag(sync=True)

    def __init__(self, prediction):
        self._prediction = prediction
        choices = [] if prediction.of_a_number else list(prediction.choices)
        super().__init__(question=prediction.question, choices=json.dumps(choices))

    @observe("pick")
    def _picked(self, change):
        agrees, said = False, ""
        if change["new"]:
            try:
                agrees, said = self._prediction.verdict(change["new"])
            except ValueError:
                said = "That is not a number; write it with a point, as in 0.4."
        with self.hold_sync():
            self.agrees, self.said, self.answered = agrees, said, change["new"]
