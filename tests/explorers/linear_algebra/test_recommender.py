"""How many factors, at what price: the errors and ratings drawn, from the file and by loops."""

import csv
from importlib import resources

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.linear_algebra import factorize_ratings


def answers():
    file = resources.files("mlmath_helpers.datasets") / "star_wars_survey.csv"
    with file.open(encoding="utf-8") as rows:
        return np.array(
            [[float(answer or "nan") for answer in row] for row in [*csv.reader(rows)][1:]]
        )


SURVEY = answers()
KNOWN = np.argwhere(~np.isnan(SURVEY))
OUT = KNOWN[np.random.default_rng(0).permutation(len(KNOWN))[: len(KNOWN) // 5]]
FITTED = SURVEY.copy()


FITTED[tuple(OUT.T)] = np.nan


@pytest.fixture
def moved(made):
    return made(explorers.rating_rank)


def typical(guesses, pairs):
    return np.sqrt(np.mean([(guesses[i, j] - SURVEY[i, j]) ** 2 for i, j in pairs]))


@pytest.mark.parametrize("penalty", [2.0, 5.0, 10.0, 20.0, 40.0])
def test_the_errors_are_those_of_fits_carried_to_the_end(moved, penalty):
    seen = [pair for pair in KNOWN if not np.isnan(FITTED[tuple(pair)])]
    for rank in range(6):
        set_to(moved, rank=rank, penalty=penalty)
        guesses = factorize_ratings(FITTED, rank, penalty, tol=1e-4).predictions
        fitted, new = (points(moved, gid)[-1] for gid in ("fitted", "held out"))
        # The figure stops a little earlier, which moves no error by more than three hundredths.
        assert fitted == pytest.approx([rank, typical(guesses, seen)], abs=0.03)
        assert new == pytest.approx([rank, typical(guesses, OUT)], abs=0.03)
        model, _, rest = moved.sentence.partition(" by ")
        assert numbers(model) == ([rank, penalty] if rank else [0])
        assert ("averages" in model) == (rank == 0)
        assert numbers(rest)[:2] == pytest.approx([fitted[1], new[1]], abs=0.000501)
    (alone,) = [t for t in moved.figure.axes[0].texts if "averages alone" in t.get_text()]
    with_averages = factorize_ratings(FITTED, 0, penalty).predictions
    assert numbers(alone.get_text()) == pytest.approx([typical(with_averages, OUT)], abs=0.000501)


def test_the_curves_go_as_far_as_the_slider(moved):
    for rank in range(6):
        set_to(moved, rank=rank)
        for gid in ("fitted", "held out"):
            assert points(moved, gid)[:, 0].tolist() == list(range(rank + 1))
        assert points(moved, "now")[0].tolist() == points(moved, "held out")[-1].tolist()


def test_more_factors_fit_better_and_cheap_ones_predict_worse(moved):
    set_to(moved, rank=5, penalty=2.0)
    assert (np.diff(points(moved, "fitted")[:, 1]) < 0).all()
    new = points(moved, "held out")[:, 1]
    assert new[5] > new[0] > new[2]
    set_to(moved, penalty=10.0)
    assert points(moved, "held out")[5, 1] < new[0]


def test_what_a_person_said_is_in_the_file_and_what_the_model_says_in_the_fit(moved):
    hidden = {tuple(pair) for pair in OUT}
    people = [
        i
        for i in range(len(SURVEY))
        if not np.isnan(SURVEY[i]).any() and sum((i, j) in hidden for j in range(14)) == 4
    ]
    for rank, penalty in ((0, 5.0), (2, 10.0), (5, 2.0)):
        set_to(moved, rank=rank, penalty=penalty)
        guesses = factorize_ratings(FITTED, rank, penalty, tol=3e-3).predictions
        for person in every_value(moved.controls["person"]):
            set_to(moved, person=person)
            i = people[person - 1]
            out = [j for j in range(14) if (i, j) in hidden]
            assert points(moved, "kept").tolist() == [[SURVEY[i, j], j] for j in out]
            rest = [j for j in range(14) if j not in out]
            assert points(moved, "told").tolist() == [[SURVEY[i, j], j] for j in rest]
            drawn = points(moved, "guess")
            assert drawn[:, 0] == pytest.approx(guesses[i].clip(0.45, 5.55))
            said = numbers(moved.sentence.partition("person")[2].replace("'s", ""))
            assert said == pytest.approx(
                [person, SURVEY[i, out[0]], guesses[i, out[0]]], abs=0.0501
            )
            character = moved.figure.axes[1].get_yticklabels()[out[0]].get_text()
            assert f" for {character} is guessed " in moved.sentence


def test_the_error_is_pulled_to_another_number_of_factors(moved):
    for penalty in (2.0, 40.0):
        set_to(moved, penalty=penalty)
        for x, rank in [(0.4, 0), (2.7, 3), (4.9, 5), (-0.3, 0)]:
            moved.drag("error held out", x, 1.3)
            assert moved._values() == {"rank": rank, "penalty": penalty, "person": 1}
            (handle,) = moved.handles
            assert handle.at(**moved._values()) == tuple(points(moved, "now")[0])


class TestPictures(Pictures):
    figures = (explorers.rating_rank,)
