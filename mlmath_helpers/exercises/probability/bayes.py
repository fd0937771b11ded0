"""Your turn in the section "Bayes' rule"."""

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def ill_given_positive(prevalence, sensitivity, specificity):
    """P(ill | positive) of a test with P(positive | ill) and P(negative | healthy) as given."""
    true = prevalence * sensitivity
    false = (1 - prevalence) * (1 - specificity)
    return true / (true + false)


_TESTS = (
    (0.15, 0.7, 0.9),
    (0.2, 0.7, 0.6),
    (0.25, 0.8, 0.6),
    (0.01, 0.9, 0.91),
    (0.3, 0.9, 0.9),
    (0.001, 0.99, 0.95),
    (0.5, 0.8, 0.8),
    (1, 0.7, 0.6),
    (0.4, 1, 0.5),
    (0.02, 0.6, 1),
    (0.9, 0.3, 0.35),
)


ILL_GIVEN_POSITIVE = Exercise(
    ill_given_positive,
    cases=_TESTS,
    hints=(
        "Think of 10,000 people: how many are ill and test positive, how many are healthy and do?",
        "Of all who test positive, true + false, the share true / (true + false) is ill.",
        "true is prevalence * sensitivity; false is (1 - prevalence) * (1 - specificity).",
    ),
    mistakes={
        "sensitivity": (
            "That is P(positive | ill), the other way round: it knows nothing of the prevalence."
        ),
        "prevalence * sensitivity "
        "/ (prevalence * sensitivity + (1 - prevalence) * (1 - sensitivity))": (
            "1 - sensitivity is the share of the ill whom the test misses; the healthy ones who "
            "test positive are 1 - specificity."
        ),
        "prevalence * sensitivity": (
            "That is P(ill and positive), a share of all people; divide by the share that tests "
            "positive."
        ),
        "sensitivity / (sensitivity + 1 - specificity)": (
            "That takes ill and healthy people to be equally many; weigh them by the prevalence."
        ),
        "prevalence * sensitivity / (prevalence * sensitivity + (1 - prevalence) * specificity)": (
            "specificity is P(negative | healthy); the healthy ones who test positive are "
            "the rest, 1 - specificity."
        ),
        "(1 - prevalence) * (1 - specificity) "
        "/ (prevalence * sensitivity + (1 - prevalence) * (1 - specificity))": (
            "That is P(healthy | positive); the other part of the positives is asked for."
        ),
        "prevalence * sensitivity + (1 - prevalence) * (1 - specificity)": (
            "That is P(positive), the evidence; it belongs below the fraction line."
        ),
        "prevalence * sensitivity / ((1 - prevalence) * (1 - specificity))": (
            "Those are the odds, the ill against the healthy; divide by all who test positive, "
            "the ill among them too."
        ),
        "prevalence * sensitivity / (prevalence * sensitivity + 1 - specificity)": (
            "1 - specificity is a share of the healthy, not of all people; multiply it by the "
            "share that is healthy, 1 - prevalence."
        ),
        "prevalence * sensitivity / prevalence * sensitivity + (1 - prevalence) * (1 - "
        "specificity)": (
            "Python divides by prevalence alone: put brackets around all that stands below the "
            "line."
        ),
        "prevalence * sensitivity / (prevalence * sensitivity + 1 - prevalence - specificity)": (
            "1 - prevalence and 1 - specificity are multiplied with each other: each needs its "
            "brackets."
        ),
        "prevalence * sensitivity / (sensitivity + 1 - specificity)": (
            "Below the line, too, both shares are weighed: sensitivity by the prevalence, "
            "1 - specificity by 1 - prevalence."
        ),
        "sensitivity / (prevalence * sensitivity + (1 - prevalence) * (1 - specificity))": (
            "What stands above the line is a part of what stands below it: prevalence * "
            "sensitivity."
        ),
        "prevalence * sensitivity / (prevalence * sensitivity + 1 - prevalence * (1 - "
        "specificity))": (
            "The brackets around 1 - prevalence are missing: the healthy who test positive are "
            "(1 - prevalence) * (1 - specificity)."
        ),
    },
    why=(
        "Of all people tested, the share true is ill and positive, and the share false is healthy "
        "and positive; the first as a share of both is asked for."
    ),
)


def ill_given_two_positives(prevalence, sensitivity, specificity):
    """P(ill | two positives), where the two tests are independent given the state of health."""
    true = prevalence * sensitivity**2
    false = (1 - prevalence) * (1 - specificity) ** 2
    return true / (true + false)


def _with_the_healthy_of_before(prevalence, sensitivity, specificity):
    ill = ill_given_positive(prevalence, sensitivity, specificity)
    return ill * sensitivity / (ill * sensitivity + (1 - prevalence) * (1 - specificity))


ILL_GIVEN_TWO_POSITIVES = Exercise(
    ill_given_two_positives,
    cases=_TESTS,
    hints=(
        "After the first positive test, what is the prevalence among those who are left?",
        "Use Bayes' rule twice, with the first posterior as the second prior; or once, with the "
        "probability of two positives, a square, in place of that of one.",
        "true is prevalence * sensitivity**2, false is (1 - prevalence) * (1 - specificity)**2.",
    ),
    mistakes={
        "ill_given_positive(prevalence, sensitivity, specificity)": (
            "That is the answer after one positive test; use it as the prior of the second."
        ),
        "ill_given_positive(prevalence, sensitivity, specificity) ** 2": (
            "The square of the posterior answers another question; square the probabilities of "
            "the result, given ill and given healthy, and use Bayes' rule with them."
        ),
        "ill_given_positive(prevalence**2, sensitivity**2, 1 - (1 - specificity) ** 2)": (
            "The patient is ill once: only the probabilities of the tests are squared, "
            "not the prevalence."
        ),
        "ill_given_positive(prevalence, sensitivity**2, specificity**2)": (
            "A healthy person is alarmed twice with probability (1 - specificity)**2; "
            "1 - specificity**2 is the chance of at least one false alarm."
        ),
        "1 - (1 - ill_given_positive(prevalence, sensitivity, specificity)) ** 2": (
            "That treats the two results as two chances to be ill; the prior counts only once, so "
            "put the first posterior in its place."
        ),
        "prevalence * sensitivity**2 "
        "/ (prevalence * sensitivity + (1 - prevalence) * (1 - specificity)) ** 2": (
            "The two tests are independent given the state of health, not over all people: "
            "P(two positives) is prevalence * sensitivity**2 plus the same for the healthy, not "
            "the square of P(positive)."
        ),
        "2 * ill_given_positive(prevalence, sensitivity, specificity)": (
            "Twice a probability can be more than 1; use Bayes' rule again, with the first answer "
            "as the prior."
        ),
        "prevalence * sensitivity**2 / (prevalence * sensitivity**2 + (1 - prevalence) * (1 - "
        "specificity))": "The healthy, too, have to test positive twice: square 1 - specificity.",
        "(prevalence * sensitivity) ** 2 / ((prevalence * sensitivity) ** 2 + ((1 - prevalence) * "
        "(1 - specificity)) ** 2)": (
            "The prior has been counted twice, once with each test; there are two tests, but one "
            "state of health."
        ),
        "prevalence * sensitivity**2 / (prevalence * sensitivity**2 + 1 - prevalence - "
        "specificity**2)": "Two brackets are missing: (1 - prevalence) * (1 - specificity)**2.",
        "prevalence * sensitivity**2 / (sensitivity**2 + (1 - specificity) ** 2)": (
            "The prevalence is missing below the line: sensitivity**2 is weighed by it, and "
            "(1 - specificity)**2 by 1 - prevalence."
        ),
        "prevalence * sensitivity / (prevalence * sensitivity + (1 - prevalence) * (1 - "
        "specificity) ** 2)": "The ill, too, have to test positive twice: square sensitivity.",
        "prevalence * sensitivity**2 / (prevalence * sensitivity**2 + (1 - prevalence) * "
        "specificity**2)": (
            "specificity is the chance of a healthy person to test negative; to test positive "
            "twice it is (1 - specificity)**2."
        ),
        "prevalence * sensitivity**2 / (prevalence * sensitivity**2 + (1 - prevalence) ** 2 * (1 "
        "- specificity) ** 2)": (
            "1 - prevalence is not squared: there are two tests, and one state of health."
        ),
        "prevalence * sensitivity**2 + (1 - prevalence) * (1 - specificity) ** 2": (
            "That is P(two positives); it belongs below the line, and the share of the ill in it "
            "above."
        ),
        "prevalence * sensitivity**2 / ((1 - prevalence) * (1 - specificity) ** 2)": (
            "Those are odds, the ill against the healthy; divide by all who test positive twice."
        ),
        "prevalence * sensitivity**2 / prevalence * sensitivity**2 + (1 - prevalence) * (1 - "
        "specificity) ** 2": (
            "Python divides by prevalence and nothing else: all that stands below the line needs "
            "brackets around it."
        ),
        _with_the_healthy_of_before: (
            "In the second step the healthy are 1 minus the first posterior, and no longer "
            "1 - prevalence."
        ),
    },
    why=(
        "Given the state of health the tests are independent, so that the chances of a positive "
        "multiply: among the ill and, apart from them, among the healthy."
    ),
)

BETTER_TEST = Prediction(
    "One person in a hundred is ill; the test finds 90 of 100 ill people and alarms 9 of 100 "
    "healthy ones. You may improve one thing. Which does more to make an alarm trustworthy?",
    {
        "let it alarm 1 healthy person in 100, not 9": (
            "The healthy are 9,900 of 10,000, so nearly all alarms come from them: 891 false ones "
            "become 99, beside 90 true ones. Of 100 with an alarm 48 are ill."
        ),
        "let it find all of the ill, not 90 in 100": (
            "It adds 10 true alarms to 90, of 10,000 people, and leaves the 891 false ones. Of 100 "
            "people with an alarm 10 are ill then, instead of 9."
        ),
        "both help about as much": (
            "Both seem to mend about a tenth of a group, but the groups differ: 100 are ill, 9,900 "
            "are not. Finding all of the ill leads to 0.101, fewer false alarms to 0.476."
        ),
    },
    answer="let it alarm 1 healthy person in 100, not 9",
)

RESULTS_TO_EVEN = Prediction(
    "H has the probability 0.01, odds of 1 to 99. Each result is 9 times as likely if H is true "
    "as if it is not, and given either they are independent. After how many are the odds better "
    "than even?",
    {
        "2": (
            "Two make 9 times 9 = 81 to 99: close, and still below even. The next one makes 729 to "
            "99."
        ),
        "3": (
            "Odds are multiplied: 1, 9, 81 and then 729 to 99. The third result alone takes the "
            "probability from 0.45 to 0.88."
        ),
        "6": (
            "Early results hardly move the probability, from 0.01 to 0.083, as if many were "
            "needed. But they multiply the odds all the same: 1, 9, 81, 729 to 99."
        ),
        "11 or 12, since 99 / 9 = 11": (
            "That adds 9 for each result. Independent results multiply: 9, 81, 729, and 729 to 99 "
            "is better than even."
        ),
    },
    answer="3",
)
