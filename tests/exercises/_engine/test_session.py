import subprocess
import sys
import textwrap

import pytest

from mlmath_helpers.exercises import (
    add_exercises,
    check,
    hint,
    linear_algebra,
    progress,
    solution,
)
from mlmath_helpers.exercises._engine import session
from mlmath_helpers.exercises.linear_algebra import lengths

GOOD = '''
from mlmath_helpers.exercises import Exercise

def double(x):
    """Twice x."""
    return 2 * x

EXERCISES = {
    "double": Exercise(
        double,
        cases=((3,), (0,)),
        hints=("What is x + x?", "Multiply by 2."),
        mistakes={"x**2": "That is the square."},
    )
}
'''


@pytest.fixture
def file(tmp_path):
    def write(text, name="extra_work.py"):
        path = tmp_path / name
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return write


def said(capsys, function, *arguments):
    function(*arguments)
    return capsys.readouterr().out


# --- hints and solutions ---------------------------------------------------------------------


def test_hints_come_one_by_one_and_then_begin_again(capsys):
    hints = linear_algebra.EXERCISES["cosine"].hints
    for number, text in enumerate(hints, start=1):
        assert said(capsys, hint, "cosine") == f"cosine, hint {number} of {len(hints)}: {text}\n"
    last = said(capsys, hint, "cosine")
    assert last == 'cosine: no more hints. solution("cosine") shows an answer.\n'
    assert hints[0] in said(capsys, hint, "cosine")


def test_a_hint_may_be_asked_for_by_the_function(capsys):
    def distance(v, w): ...

    assert said(capsys, hint, distance).startswith("distance, hint 1 of 3: ")


def test_hints_of_one_exercise_do_not_use_up_those_of_another(capsys):
    said(capsys, hint, "cosine")
    assert "hint 1 of" in said(capsys, hint, "projection")


@pytest.mark.parametrize("ask", [hint, solution])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cosin", 'No exercise is called "cosin"; did you mean "cosine"?'),
        ("zzz", 'No exercise is called "zzz"; progress() lists them all.'),
        ("", 'No exercise is called ""; progress() lists them all.'),
        (3, 'Give the name of an exercise in quotes, as in hint("cosine").'),
        (None, 'Give the name of an exercise in quotes, as in hint("cosine").'),
    ],
)
def test_a_name_that_is_no_exercise_is_told_so(ask, name, message, capsys):
    assert said(capsys, ask, name) == message + "\n"


@pytest.mark.parametrize("name", ["cosine", lengths.cosine])
def test_a_solution_is_the_source_of_the_reference(name, capsys):
    assert said(capsys, solution, name) == (
        "def cosine(v, w):\n"
        '    """Cosine of the angle between v and w, neither of them zero."""\n'
        "    return v @ w / (np.linalg.norm(v) * np.linalg.norm(w))\n"
    )


def test_a_solution_is_shown_with_why_it_is_right_where_that_is_not_plain(capsys):
    shown = said(capsys, solution, "projection")
    assert "return (v @ onto) / (onto @ onto) * onto" in shown
    assert shown.endswith(f"\n{linear_algebra.EXERCISES['projection'].why}\n")
    assert said(capsys, solution, "cosine").endswith("(np.linalg.norm(v) * np.linalg.norm(w))\n")


# --- a teacher's own exercises ---------------------------------------------------------------


def test_a_teachers_exercise_is_checked_hinted_solved_and_listed(file, capsys):
    assert add_exercises(file(GOOD)) is None

    def double(x):
        return x**2

    assert "That is the square." in said(capsys, check, double)
    assert "hint 1 of 2: What is x + x?" in said(capsys, hint, "double")
    assert "return 2 * x" in said(capsys, solution, "double")
    assert "extra work: 0 of 1 passed\n  open double" in said(capsys, progress)


def test_a_path_may_be_a_string(file, capsys):
    add_exercises(str(file(GOOD)))
    assert "double" in said(capsys, progress)


def test_adding_a_file_again_takes_its_new_content(file, capsys):
    add_exercises(file(GOOD))
    add_exercises(file(GOOD.replace("What is x + x?", "Try it with 3?")))
    assert "Try it with 3?" in said(capsys, hint, "double")
    assert said(capsys, progress).count("extra work") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def f(:", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import nowhere_to_be_found", "ModuleNotFoundError"),
        ("raise SystemExit", "SystemExit"),
        ("", "it must define a dict EXERCISES"),
        ("EXERCISES = []", "it must define a dict EXERCISES"),
        ("EXERCISES = {}", "it must define a dict EXERCISES"),
        ("EXERCISES = {'double': 3}", "'double'.* must be the Exercise"),
        (GOOD.replace('"double": E', '"twice": E'), "'twice'.* must be the Exercise"),
        (GOOD.replace("double", "cosine"), "the exercise 'cosine' exists in 'linear algebra'"),
        (GOOD.replace("return 2 * x", "return x / 0"), "the reference fails its own check"),
        (GOOD.replace("return 2 * x", "..."), "the reference fails its own check"),
        (GOOD.replace("return 2 * x", "return 'two'"), "double cannot be tried"),
        (
            GOOD.replace("x**2", "x + x"),
            "double: the mistake `x \\+ x` gives the right answer in all",
        ),
        (
            GOOD.replace("(3,), (0,)", "(2,), (0,)"),
            "`x\\*\\*2` gives the right answer in all cases",
        ),
        (GOOD.replace('"x**2"', "double"), "the mistake `double` gives the right answer"),
        (GOOD.replace("(3,), (0,)", ""), "cases of double"),
        (GOOD.replace("x**2", "x***2"), "'x\\*\\*\\*2' of double: invalid syntax"),
        (GOOD.replace("x**2", "z**2"), "should be told, but: .* name 'z' is not defined"),
    ],
)
def test_a_broken_file_is_refused_and_changes_nothing(text, message, file, capsys):
    before = said(capsys, progress), set(sys.modules)
    with pytest.raises(ValueError, match=message) as refusal:
        add_exercises(file(text))
    assert "path extra_work.py" in str(refusal.value)
    assert (said(capsys, progress), set(sys.modules)) == before


def test_a_file_that_breaks_later_keeps_what_it_gave_before(file, capsys):
    add_exercises(file(GOOD))
    with pytest.raises(ValueError, match="SyntaxError"):
        add_exercises(file("def f(:"))
    assert "What is x + x?" in said(capsys, hint, "double")


def test_a_second_file_may_not_take_the_name_of_a_chapter_or_of_an_exercise(file):
    with pytest.raises(ValueError, match="a chapter 'linear algebra' exists"):
        add_exercises(file(GOOD, "linear_algebra.py"))
    add_exercises(file(GOOD))
    with pytest.raises(ValueError, match="the exercise 'double' exists in 'extra work'"):
        add_exercises(file(GOOD, "more.py"))


@pytest.mark.parametrize("name", ["missing.py", ".", "notes.txt"])
def test_a_path_that_is_no_python_file_is_refused(name, tmp_path):
    (tmp_path / "notes.txt").write_text(GOOD)
    with pytest.raises(ValueError, match="path must"):
        add_exercises(tmp_path / name)


def test_a_path_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="path must be"):
        add_exercises(3)


# --- the package -----------------------------------------------------------------------------


def test_the_exercises_need_no_plotting_no_widgets_and_no_notebook():
    code = (
        "import sys, mlmath_helpers.exercises\n"
        "heavy = {'matplotlib', 'ipywidgets', 'IPython', 'scipy'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_session_knows_the_chapters_in_the_order_of_the_course():
    assert list(session.chapters) == [
        "start here",
        "linear algebra",
        "calculus",
        "probability",
        "statistics",
        "information theory",
    ]
