"""How many factors a table with holes bears, and at what price."""

import numpy as np

from ...datasets import load_star_wars_survey
from ...linear_algebra import factorize_ratings
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE, VERMILION

RANKS = range(6)
PENALTIES = [2.0, 5.0, 10.0, 20.0, 40.0]
SHOWN = 8  # respondents who can be looked at


@explorer
def rating_rank() -> Explorer:
    """Add factors, and compare the error on what was fitted with that on what was held out."""
    survey, characters = load_star_wars_survey()
    hidden = _hidden(survey)
    shown = np.flatnonzero((hidden.sum(axis=1) == 4) & ~np.isnan(survey).any(axis=1))[:SHOWN]
    fitted = np.where(hidden, np.nan, survey)
    guesses, errors = {}, {}
    for penalty in PENALTIES[::-1]:  # the easiest first
        for rank in RANKS:
            full = factorize_ratings(fitted, rank, penalty, tol=3e-3).predictions
            guesses[rank, penalty] = full[shown]
            errors[rank, penalty] = (
                np.sqrt(np.nanmean((full - fitted) ** 2)),
                np.sqrt(np.mean((full - survey)[hidden] ** 2)),
            )

    figure, (left, right) = canvas(2, height=4.2, width_ratios=[1, 1.15])
    left.set(xlim=(-0.3, 5.3), ylim=(0.35, 1.2), xticks=RANKS, xlabel="number of factors")
    left.set_title("typical error, in points")
    averages = errors[0, PENALTIES[0]][1]
    left.axhline(averages, color=GREY, linewidth=1.5, linestyle=":")
    left.text(5.25, 1.175, "● held out", color=VERMILION, ha="right", va="top", fontweight="bold")
    alone = f"dotted: by averages alone, {averages:.3f}"
    left.text(5.25, 1.12, alone, color=GREY, ha="right", va="top")
    left.text(0.0, 0.4, "■ fitted (dashed)", color=BLUE, fontweight="bold")
    (seen,) = left.plot([], [], "s--", color=BLUE, gid="fitted")
    (new,) = left.plot([], [], "o-", color=VERMILION, gid="held out")
    (now,) = left.plot([], [], "o", color=VERMILION, markersize=12, gid="now")

    n = len(characters)
    right.set(xlim=(0.4, 5.6), ylim=(n - 0.4, -1.6), xticks=range(1, 6))
    right.set_yticks(range(n), characters, fontsize=8.5)
    right.set(xlabel="1 very unfavourable to 5 very favourable", title="what one person said")
    right.hlines(range(n), 1, 5, color=PALE, linewidth=1, zorder=1)
    (told,) = right.plot([], [], "s", color=INK, markersize=6, zorder=3, gid="told")
    ring = {"markerfacecolor": "none", "markeredgewidth": 2.2}
    (kept,) = right.plot([], [], "o", color=VERMILION, markersize=10, zorder=3, gid="kept", **ring)
    (guess,) = right.plot([], [], "|", color=GREEN, markersize=13, zorder=4, gid="guess")
    guess.set_markeredgewidth(3.5)
    (off,) = right.plot([], [], color=VERMILION, linewidth=1.5, zorder=2, gid="off")
    right.text(0.45, -1.05, "■ fitted", color=INK, fontsize=9, va="center")
    right.text(1.75, -1.05, "○ held out", color=VERMILION, fontsize=9, va="center")
    right.text(3.35, -1.05, "| the model says", color=GREEN, fontsize=9, va="center")

    def update(rank, penalty, person):
        so_far = range(rank + 1)
        seen.set_data(so_far, [errors[k, penalty][0] for k in so_far])
        new.set_data(so_far, [errors[k, penalty][1] for k in so_far])
        now.set_data([rank], [errors[rank, penalty][1]])
        row = shown[person - 1]
        said, out, says = survey[row], hidden[row], guesses[rank, penalty][person - 1]
        rows = np.arange(n)
        told.set_data(said[~out], rows[~out])
        kept.set_data(said[out], rows[out])
        guess.set_data(says.clip(0.45, 5.55), rows)
        gaps = np.column_stack([said[out], says[out].clip(0.45, 5.55), np.full(out.sum(), np.nan)])
        off.set_data(gaps.ravel(), np.repeat(rows[out], 3))
        return seen, new, now, told, kept, guess, off

    def describe(rank, penalty, person):
        fit, test = errors[rank, penalty]
        row = shown[person - 1]
        out, says = hidden[row], guesses[rank, penalty][person - 1]
        which = np.flatnonzero(out)[0]
        model = f"{rank} factor{'s' if rank > 1 else ''} (penalty {penalty:g})"
        if rank == 0:
            model = "0 factors (averages)"
        return (
            f"{model} {'errs' if rank == 1 else 'err'} by {fit:.3f} fitted, {test:.3f} held out; "
            f"person {person}'s {survey[row, which]:.0f} for {characters[which]} is guessed "
            f"{says[which]:.1f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                lambda rank, penalty, **_: (rank, errors[rank, penalty][1]),
                lambda x, y, **_: {"rank": x},
                "error held out",
            )
        ],
        stills=({"rank": 2}, {"rank": 5}, {"rank": 5, "penalty": 20.0}),
        rank=slider(0, 5, start=1, label="number of factors"),
        penalty=stops([(f"{p:g}", p) for p in PENALTIES], start=2.0, label="penalty"),
        person=slider(1, SHOWN, start=1, label="person"),
    )


def _hidden(survey):
    """Tell which fifth of the answers is held out."""
    known = np.argwhere(~np.isnan(survey))
    chosen = np.random.default_rng(0).permutation(len(known))[: len(known) // 5]
    hidden = np.zeros(survey.shape, dtype=bool)
    hidden[tuple(known[chosen].T)] = True
    return hidden
