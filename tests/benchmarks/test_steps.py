"""How long a step of each explorer takes, in the kernel, at the sharpness that is shipped.

Not part of the normal run, since a busy machine would fail it:
``python -m pytest tests/benchmarks -p no:cacheprovider --benchmark-columns=median,max``.
"""

import itertools

import pytest
from explorers.drawn import factories, sample

FRAME = 16.7e-3  # seconds: a screen of 60 pictures a second
FACTORIES = factories()


@pytest.mark.parametrize("name", FACTORIES)
def test_a_step_is_shorter_than_a_frame(benchmark, name):
    explorer = FACTORIES[name]()
    control = next(iter(explorer.controls.values()))
    there_and_back = sample(control, 25)
    values = itertools.cycle([*there_and_back, *there_and_back[-2:0:-1]])

    def step():
        control.value = next(values)

    benchmark.pedantic(step, rounds=60, warmup_rounds=12)
    explorer.close()
    assert benchmark.stats.stats.median < FRAME
