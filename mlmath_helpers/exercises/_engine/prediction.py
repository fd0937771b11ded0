"""A question that the learner answers before a figure is moved, and what each answer is told."""

import difflib
import math
from dataclasses import dataclass
from functools import cached_property

OF_A_NUMBER = {"right", "too low", "too high"}  # what is said of a number that was asked for

predictions = {}  # name -> prediction, of all chapters


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the learner is asked before moving a figure.

    Parameters
    ----------
    question : str
    choices : dict of str to str
        From each answer that can be picked to the sentence that says why the figure will, or
        will not, agree. Where a number is asked for: from ``"right"``, ``"too low"`` and
        ``"too high"`` to the sentences.
    answer : str or float
        The right one of the choices, or the number.
    within : float, optional
        By how much a number may be off and still be right.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or of another kind; the message names the part.

    Examples
    --------
    >>> doubled = Prediction(
    ...     "A square gets sides twice as long. What becomes of its area?",
    ...     {"it doubles": "Each of two sides doubles.", "it is 4 times as large": "2 times 2."},
    ...     answer="it is 4 times as large",
    ... )
    >>> doubled.verdict("it doubles")
    (False, 'The figure will say otherwise. Each of two sides doubles.')
    """

    question: str
    choices: dict
    answer: str | float
    within: float | None = None

    def __post_init__(self):
        if not isinstance(self.choices, dict):
            raise TypeError("choices must be a dict from an answer to its sentence")
        for text in (self.question, *self.choices, *self.choices.values()):
            if not isinstance(text, str) or not text.strip():
                raise TypeError(f"question and choices must be texts that are not empty: {text!r}")
        if self.of_a_number:
            if self.choices.keys() != OF_A_NUMBER:
                raise ValueError('choices of a number must be "right", "too low" and "too high"')
            if not (math.isfinite(self.answer) and 0 < self.within < math.inf):
                raise ValueError("answer must be a finite number, and within a positive one")
        elif len(self.choices) < 2:
            raise ValueError("there must be two choices at least")
        elif self.answer not in self.choices:
            raise ValueError(f"answer must be one of the choices, not {self.answer!r}")

    @property
    def of_a_number(self):
        """Whether a number is asked for."""
        return self.within is not None

    def verdict(self, pick):
        """Return whether the figure will agree with what was picked, and what is said of it.

        A ValueError says that a number was asked for, and this is none.
        """
        if self.of_a_number:
            off = float(pick) - self.answer
            if math.isnan(off):
                raise ValueError(f"pick must be a number, not {pick!r}")
            right = abs(off) <= self.within
            sentence = self.choices["right" if right else "too low" if off < 0 else "too high"]
        else:
            right, sentence = pick == self.answer, self.choices[pick]
        return right, f"The figure will {'agree' if right else 'say otherwise'}. {sentence}"

    def __str__(self):
        if self.of_a_number:
            return f"{self.question}\n  Your number:"
        return "\n  - ".join([self.question, *self.choices])

    __repr__ = __str__

    @cached_property
    def widget(self):
        """The question in the browser; one for all cells that show it."""
        from .question import Question  # exercises can be checked where there are no widgets

        return Question(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        self.widget.pick = ""  # a cell that is run again asks again
        data, metadata = self.widget._repr_mimebundle_()
        return data | {"text/plain": str(self)}, metadata


def predict(name):
    """Ask a question that the figure below it answers: pick an answer before you move it.

    You are told at once whether the figure will agree, and why. Nothing depends on it.

    Parameters
    ----------
    name : str
        The name of the question.
    """
    if name in predictions:
        return predictions[name]
    similar = difflib.get_close_matches(str(name), predictions, n=1, cutoff=0.5)
    advice = f'; did you mean "{similar[0]}"?' if similar else "."
    print(f'No question is called "{name}"{advice}')
    return None
