"""Bayes' rule: answers found a second way, other right ones, wrong ones."""

import pytest

from exercises.learner import answers
from mlmath_helpers.probability import from_odds, posterior, to_odds

OTHER_WAYS = {
    "ill_given_positive": [
        "odds = prevalence * sensitivity\n"
        "return odds / (odds + (1 - specificity) * (1 - prevalence))",
        "p = np.array([prevalence * sensitivity, (1 - prevalence) * (1 - specificity)])\n"
        "return (p / p.sum())[0]",
        "return 1 - (1 - prevalence) * (1 - specificity) / (\n"
        "    prevalence * sensitivity + (1 - prevalence) * (1 - specificity))",
    ],
    "ill_given_two_positives": [
        "for _ in range(2):\n"
        "    true = prevalence * sensitivity\n"
        "    prevalence = true / (true + (1 - prevalence) * (1 - specificity))\n"
        "return prevalence",
        "p = np.array([prevalence, 1 - prevalence])\n"
        "p = p * np.array([sensitivity, 1 - specificity]) ** 2\n"
        "return p[0] / sum(p)",
    ],
}

WRONG_WAYS = [
    (
        "ill_given_positive",
        "return prevalence * sensitivity / (sensitivity + 1 - specificity)",
        "Below the line, too, both",
    ),
    (
        "ill_given_positive",
        "return prevalence * sensitivity / (prevalence * sensitivity + (1 - "
        "prevalence * (1 - specificity)))",
        "The brackets around 1 -",
    ),
    (
        "ill_given_positive",
        "return sensitivity / (prevalence * sensitivity + (1 - prevalence) * (1 - specificity))",
        "What stands above the line",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 / (sensitivity ** 2 + (1 - specificity) ** 2)",
        "The prevalence is missing below",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 / (prevalence * sensitivity ** 2 + (1 "
        "- prevalence) * specificity ** 2)",
        "specificity is the chance of",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity / (prevalence * sensitivity + (1 - "
        "prevalence) * (1 - specificity) ** 2)",
        "The ill, too, have to",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 / (prevalence * sensitivity ** 2 + ((1 "
        "- prevalence) * (1 - specificity)) ** 2)",
        "1 - prevalence is not",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 + (1 - prevalence) * (1 - specificity) ** 2",
        "That is P(two positives); it",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 / ((1 - prevalence) * (1 - specificity) ** 2)",
        "Those are odds, the ill",
    ),
    (
        "ill_given_two_positives",
        "return prevalence * sensitivity ** 2 / prevalence * sensitivity ** 2 + (1 - "
        "prevalence) * (1 - specificity) ** 2",
        "Python divides by prevalence and",
    ),
    (
        "ill_given_two_positives",
        "p = prevalence * sensitivity / (prevalence * sensitivity + (1 - prevalence) "
        "* (1 - specificity))\n"
        "return p * sensitivity / (p * sensitivity + (1 - prevalence) * (1 - "
        "specificity))",
        "In the second step the",
    ),
]

NOT_SAID = [
    (  # the prior counted twice is no square of a posterior
        "ill_given_two_positives",
        "ill = (prevalence * sensitivity) ** 2\n"
        "return ill / (ill + ((1 - prevalence) * (1 - specificity)) ** 2)",
        "The square of the posterior",
    ),
    (
        "ill_given_two_positives",
        "ill = (prevalence * sensitivity) ** 2\n"
        "return ill / (ill + ((1 - prevalence) * (1 - specificity)) ** 2)",
        "only the probabilities of the tests are squared",
    ),
    ("ill_given_two_positives", "return prevalence * sensitivity**2", "independent given"),
    ("ill_given_positive", "return prevalence", "the other way round"),
    ("ill_given_positive", "return 1 - sensitivity * specificity", "P(healthy | positive)"),
]

EQUIVALENT = {
    "ill_given_two_positives": {
        "false = (1 - prevalence) * (specificity - 1) ** 2": "a square does not mind the sign",
    },
}


def test_the_tests_for_an_illness_follow_bayes_rule_in_one_step_and_in_two():
    for ill, (prevalence, sensitivity, specificity) in answers("ill_given_positive"):
        once = posterior([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])
        assert ill == pytest.approx(once[0], abs=1e-12)
    for ill, (prevalence, sensitivity, specificity) in answers("ill_given_two_positives"):
        once = posterior([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])
        assert ill == pytest.approx(posterior(once, [sensitivity, 1 - specificity])[0], abs=1e-12)


def better_test():
    """Return which of two better tests is right more often when it alarms."""
    found_all, fewer_false = (
        posterior([0.01, 0.99], likelihoods)[0] for likelihoods in ([1.0, 0.09], [0.9, 0.01])
    )
    if abs(found_all - fewer_false) < 0.05:
        return "both help about as much"
    if found_all > fewer_false:
        return "let it find all of the ill, not 90 in 100"
    return "let it alarm 1 healthy person in 100, not 9"


def results_to_even():
    """Count results of ratio 9 until the probability is above a half."""
    n_results = 0
    while from_odds(to_odds(0.01) * 9**n_results) <= 0.5:
        n_results += 1
    return {11: "11 or 12, since 99 / 9 = 11", 12: "11 or 12, since 99 / 9 = 11"}.get(
        n_results, f"{n_results}"
    )


PREDICTED = {"better_test": better_test, "results_to_even": results_to_even}
