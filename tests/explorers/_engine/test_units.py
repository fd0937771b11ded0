"""Numbers of any size get a unit, round steps and as many digits as their steps need."""

import numpy as np
import pytest

from mlmath_helpers.explorers._engine.units import (
    decimals,
    own_numbers,
    round_step,
    short,
    slider_of_steps,
    unit_for,
)


@pytest.mark.parametrize("size", [3e-200, 1e-7, 0.0999, 0.1, 42.0, 9999.0, 1e4, 2.5e11, 7e250])
def test_a_size_is_handy_in_its_unit(size):
    unit, name = unit_for(size)
    assert 0.09 < size / unit < 1e4
    assert (name == "") == (0.1 <= size < 1e4)
    assert float(name or 1) == unit


@pytest.mark.parametrize(("reach", "n"), [(1.0, 200), (3.7, 400), (1e-9, 100), (12345.0, 7)])
def test_steps_are_round_and_not_many_more_than_enough(reach, n):
    step = round_step(reach, n)
    assert f"{step:e}"[0] in "125"
    assert f"{step:e}"[1:9] == ".000000e"
    assert 0.4 * n <= reach / step <= 1.000001 * n
    first, second = (f"{k * step:.{decimals(step)}f}" for k in (1, 2))
    assert first != second


def test_stops_are_multiples_of_the_step_and_reach_both_ends():
    control = slider_of_steps(-0.31, 0.47, start=0.123, step=0.05, label="a word")
    assert (control.min, control.max, control.value) == (-0.35, 0.5, 0.1)
    control.close()


def test_what_is_shown_is_a_copy():
    given = np.arange(3.0)
    own_numbers(given, "x")[0] = 9
    assert given[0] == 0


def test_numbers_are_said_as_readers_write_them():
    assert [short(x) for x in (-1e-320 * 0, 1e12, 2.5, 1e-5)] == ["0", "1e12", "2.5", "1e-5"]
