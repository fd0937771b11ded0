"""An answer may come in any clothes; a shortcut that is right only for some inputs fails."""

import decimal
import fractions

import numpy as np
import pytest

from exercises.learner import every_exercise
from mlmath_helpers.exercises._engine import verdict

pytestmark = pytest.mark.usefixtures("without_sentences")


def passes(exercise, change, *, of=None):
    """Tell whether the reference passes with its answer changed, or its argument ``of``."""

    def changed(*arguments):
        if of is None:
            return change(np.asarray(exercise.reference(*arguments), float))
        arguments = list(arguments)
        arguments[of] = change(arguments[of])
        return exercise.reference(*arguments)

    return verdict.verdict(exercise, changed)[0]


# --- clothes ---------------------------------------------------------------------------------


class Column:
    """What is no array and can be made one, as a column of a table is."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


def each(kind):
    def dressed(answer):
        if answer.ndim == 0:
            return kind(float(answer))
        values = np.empty(answer.shape, dtype=object)
        values.flat = [kind(float(x)) for x in answer.flat]
        return values.tolist()

    return dressed


CLOTHES = {
    "a list": np.ndarray.tolist,
    "objects": lambda answer: answer.astype(object),
    "fractions": each(fractions.Fraction),
    "decimals": each(decimal.Decimal),
    "single precision": lambda answer: answer.astype(np.float32),
    "a column": Column,
    "complex": lambda answer: answer + 0j,
}


@every_exercise
def test_a_right_answer_passes_in_any_clothes(exercise):
    assert [name for name, dress in CLOTHES.items() if not passes(exercise, dress)] == []


# --- answers that are right only if they are round, sorted, positive, symmetric ---------------

WHOLE = {"derivative_matrix", "broken_entry", "smallest_n", "twenty_questions", "best_feature"}
WHOLE |= {"impossible_outcomes", "is_independent", "is_positive_definite"}
NEVER_NEGATIVE = WHOLE | {
    "distance",
    "distance_to_line",
    "stationary_distribution",
    "explained_variance_ratio",
    "attention_weights",
    "causal_weights",
    "best_step",
    "largest_stable_rate",
    "interval_probability",
    "ramp_cdf",
    "ill_given_positive",
    "ill_given_two_positives",
    "event_rate",
    "coverage_share",
    "die_entropy",
    "kl_of_coins",
    "gain_of_split",
}
SPOILT = {  # a change of the answer, and the exercises where it changes nothing by their nature
    "rounded to 2 decimals": (lambda a: a.round(2), WHOLE),
    "rounded to 3 decimals": (lambda a: a.round(3), WHOLE),
    "rounded to 4 decimals": (lambda a: a.round(4), WHOLE),
    "without a sign": (np.abs, NEVER_NEGATIVE),
    "cut off at 0": (lambda a: np.maximum(a, 0), NEVER_NEGATIVE),
    "sorted": (lambda a: np.sort(a), {"impossible_outcomes", "t_interval"}),
    "sorted from above": (lambda a: -np.sort(-a), {"eigenvalues_2x2"}),
    "turned round": (lambda a: a[::-1], set()),
    "transposed": (lambda a: a.T, {"projection_matrix"}),
}
AXES = {"sorted": 1, "sorted from above": 1, "turned round": 1, "transposed": 2}


@every_exercise
def test_a_right_answer_that_is_spoilt_fails(exercise):
    axes = max(np.ndim(exercise.reference(*arguments)) for arguments in exercise.cases)
    told_apart = {kind for kind in SPOILT if axes >= AXES.get(kind, 0)}
    unseen = {kind for kind in told_apart if passes(exercise, SPOILT[kind][0])}
    assert unseen == {kind for kind in told_apart if exercise.name in SPOILT[kind][1]}


# --- arguments of which only a part is looked at ----------------------------------------------


def part(choose):
    """Return a change that leaves the chosen entries of the last axis, and 0 elsewhere."""

    def change(argument):
        places = np.arange(argument.shape[-1])
        return np.where(choose(places, places.size), argument, 0 * argument)

    return change


PARTS = {
    "all but the first": part(lambda i, n: i > 0),
    "all but the last": part(lambda i, n: i < n - 1),
    "the first three": part(lambda i, n: i < 3),
    "the last three": part(lambda i, n: i >= n - 3),
    "the first three rows": lambda a: part(lambda i, n: i < 3)(a.T).T,
    "all but the last row": lambda a: part(lambda i, n: i < n - 1)(a.T).T,
    "sorted": lambda a: np.sort(a, axis=0),
}
OF_THE_PLANE = {"null_vector", "eigenvalues_2x2", "kernel_features"}  # no axis beyond two
NO_MATTER = {  # to the exercises named: the order of a sample, what stands beyond two entries
    "the first three": OF_THE_PLANE,
    "the last three": OF_THE_PLANE,
    "the first three rows": OF_THE_PLANE - {"kernel_features"},
    "sorted": {
        "normal_log_likelihood",
        "event_rate",
        "t_interval",
        "t_statistic",
        "smallest_n",  # power grows with n
        "die_entropy",
    },
}


@every_exercise
def test_each_argument_counts_to_its_ends(exercise):
    arrays = [i for i, a in enumerate(exercise.cases[0]) if isinstance(a, np.ndarray)]
    unseen = {
        kept
        for kept, change in PARTS.items()
        if any(passes(exercise, change, of=i) for i in arrays)
    }
    assert unseen == {kept for kept, names in NO_MATTER.items() if exercise.name in names}
