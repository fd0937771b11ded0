"""Every exercise of the course: its reference, cases, hints and mistakes hold together."""

import ast
import inspect
import itertools
import json
import subprocess
import sys
import textwrap
import types
from pathlib import Path

import numpy as np
import pytest

from exercises.learner import CHAPTERS, EXERCISES, defined, every_exercise, said
from mlmath_helpers.exercises import (
    calculus,
    information_theory,
    linear_algebra,
    probability,
    start_here,
    statistics,
)
from mlmath_helpers.exercises._engine.observed import unused
from mlmath_helpers.exercises._engine.trials import alike
from mlmath_helpers.exercises._engine.verdict import _mistakes, verdict

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def renamed(function, name):
    """Return the function as a learner's function of that name."""
    copy = types.FunctionType(
        function.__code__, function.__globals__, name, function.__defaults__, function.__closure__
    )
    copy.__doc__ = function.__doc__
    return copy


def stub(exercise):
    """Return the stub that the notebook shows, as source."""
    return (
        f"def {exercise.name}{inspect.signature(exercise.reference)}:\n"
        f'    """{exercise.reference.__doc__}"""\n'
        f"    ...                                # your code here\n"
    )


def test_each_name_belongs_to_one_exercise_of_the_course():
    names = list(itertools.chain(*CHAPTERS.values()))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "module",
    [start_here, linear_algebra, calculus, probability, statistics, information_theory],
    ids=lambda m: m.__name__,
)
def test_a_chapter_lists_its_exercises_by_the_name_of_the_reference(module):
    assert all(name == e.reference.__name__ for name, e in module.EXERCISES.items())
    assert module.EXERCISES in CHAPTERS.values()


@every_exercise
def test_the_reference_passes_its_own_check(exercise, capsys):
    text = said(capsys, exercise.reference)
    assert text == f"{exercise.name}: passed, {len(exercise.cases)} checks.\n"


@every_exercise
def test_the_stub_is_not_written_yet(exercise, capsys):
    written = defined(stub(exercise), exercise.name)
    assert said(capsys, written) == f"{exercise.name}: not written yet.\n"


@every_exercise
def test_each_mistake_fails_and_is_told_its_own_sentence(exercise, capsys):
    assert len(exercise.wrong_answers) >= 2
    for mistake in exercise.wrong_answers:
        text = said(capsys, renamed(mistake.function, exercise.name))
        remedy = "add a case in which this mistake goes wrong, and in its own way"
        assert mistake.sentence in text, f"{mistake.sentence!r} is not said ({remedy}):\n{text}"
        assert "NameError" not in text  # a slip in the mistake's own source
        others = [m.sentence for m in exercise.wrong_answers if m.sentence != mistake.sentence]
        assert not any(sentence in text for sentence in others)


@every_exercise
def test_hints_lead_to_the_answer_in_two_or_three_steps(exercise):
    assert 2 <= len(exercise.hints) <= 3
    assert exercise.hints[0].endswith("?")


@every_exercise
def test_no_two_mistakes_give_one_answer_in_the_first_case(exercise):
    told = [
        (sentence, trials[0])
        for sentence, trials in _mistakes(exercise)
        if trials[0].error is None and not trials.is_right(0)
    ]
    for (one, tried), (other, also_tried) in itertools.combinations(told, 2):
        assert not alike(exercise, tried, also_tried), (one, other)


OF_THE_PLANE = {"null_vector", "eigenvalues_2x2", "kernel_features"}


@every_exercise
def test_the_sizes_in_the_first_case_differ_and_none_is_two(exercise):
    """A factor 2, an axis and a transpose are told from one another."""
    yes_or_no = isinstance(exercise.reference(*exercise.cases[0]), bool)  # all cases tell apart
    for i, first in enumerate(exercise.cases[0]):
        if isinstance(first, np.ndarray):
            assert 2 not in first.shape or exercise.name in OF_THE_PLANE
            shapes = [arguments[i].shape for arguments in exercise.cases]
            if any(len(shape) == 2 and shape[0] != shape[1] for shape in shapes) and not yes_or_no:
                assert first.shape[0] != first.shape[1]


@every_exercise
def test_each_argument_is_used(exercise):
    """So that whoever does not use one can be told of it."""
    assert unused(exercise.reference, len(exercise.parameters)) == []


def test_no_sentence_is_said_twice():
    sentences = [
        sentence.strip().lower()
        for e in EXERCISES.values()
        for sentence in (*e.hints, *(m.sentence for m in e.wrong_answers), *([e.why] * bool(e.why)))
    ]
    assert all(sentences)
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    "why",
    [e.why for e in EXERCISES.values() if e.why],
    ids=[n for n, e in EXERCISES.items() if e.why],
)
def test_why_a_solution_is_right_is_said_in_one_or_two_sentences(why):
    assert why == " ".join(why.split())
    assert why.endswith(".")
    assert 60 <= len(why) <= 250
    assert why.count(". ") <= 1


def test_most_solutions_say_why_they_are_right():
    plain = [name for name, exercise in EXERCISES.items() if not exercise.why]
    assert len(plain) <= len(EXERCISES) / 5, plain


@every_exercise
def test_the_solution_is_short_and_has_one_line_of_docstring(exercise):
    source = inspect.getsource(exercise.reference)
    (function,) = ast.parse(textwrap.dedent(source)).body
    docstring = ast.get_docstring(function)
    assert "\n" not in docstring
    assert docstring.endswith(".")
    assert len(function.body) <= 5
    assert defined(source, exercise.name)  # it needs numpy as np, and nothing else


@every_exercise
def test_the_solution_runs_on_numpy_alone(exercise, capsys):
    alone = defined(inspect.getsource(exercise.reference), exercise.name)
    assert "passed" in said(capsys, alone)


@every_exercise
def test_a_check_changes_none_of_the_cases(exercise):
    def spoil(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 17
        return 17

    before = [[np.array(a) for a in arguments] for arguments in exercise.cases]
    passed, _ = verdict(exercise, lambda *arguments: spoil(*arguments))
    assert not passed
    for old, arguments in zip(before, exercise.cases, strict=True):
        for o, a in zip(old, arguments, strict=True):
            np.testing.assert_array_equal(o, a)  # nan, for what is not known, as well


@every_exercise
def test_cases_are_short_to_read(exercise):
    assert all(np.size(argument) <= 40 for arguments in exercise.cases for argument in arguments)


def test_cases_are_the_same_in_every_session():
    code = (
        "from mlmath_helpers.exercises import chapters\n"
        "print([(n, e.cases) for es in chapters.values() for n, e in es.items()])"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str([(name, e.cases) for name, e in EXERCISES.items()])


@every_exercise
def test_cases_hold_one_element_whole_numbers_and_gaps_in_memory(exercise):
    arrays = [a for case in exercise.cases for a in case if isinstance(a, np.ndarray)]
    numbers = [a for case in exercise.cases for a in case if not isinstance(a, np.ndarray)]
    if not arrays:
        assert any(isinstance(n, int) for n in numbers)
        return
    assert any(a.dtype.kind == "i" for a in arrays)
    no_single_element = ("null_vector", "stationary_distribution", "eigenvalues_2x2")
    no_single_element += ("t_interval", "coverage_share", "t_statistic", "r_squared")
    no_single_element += ("kernel_features",)  # of points of the plane
    if exercise.name not in no_single_element:
        assert any(a.size == 1 for a in arrays)
        assert any(not a.flags.forc for a in arrays)


def functions_in(notebook):
    """Yield the functions that the cells of a notebook define."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "def " in source:
            yield from (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef))


def test_the_stubs_of_each_notebook_are_those_of_the_references():
    for notebook in NOTEBOOKS:
        title = notebook.stem[3:].replace("_", " ")
        functions = list(functions_in(notebook))
        for name, exercise in CHAPTERS.get(title, {}).items():
            written = [f for f in functions if f.name == name]
            signature = str(inspect.signature(exercise.reference))
            assert written, f"{notebook.name} has no stub of {name}"
            assert all(f"({ast.unparse(f.args)})" == signature for f in written)
            assert exercise.reference.__doc__ in [ast.get_docstring(f) for f in written]
