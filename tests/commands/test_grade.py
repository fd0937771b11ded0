"""Thirty hand-ins of a class, right, wrong and hostile: each gets its rows, and none is touched."""

import csv
import hashlib
import inspect
import itertools
import json
import os
import re
import sys
import time

import numpy as np
import pytest

from mlmath_helpers._commands import grade
from mlmath_helpers._commands.course import notebooks
from mlmath_helpers._commands.grading import data, hand_in
from mlmath_helpers.exercises._engine import session

COSINE = "def cosine(v, w):\n    return v @ w / np.linalg.norm(v) / np.linalg.norm(w)\n"
STUB = 'def cosine(v, w):\n    """Cosine."""\n    ...  # your code here\n\ncheck(cosine)'
PROJECTION = "def projection(v, onto):\n    return (v @ onto) / (onto @ onto) * onto\n"
CHEAT = "def cosine(v, w):\n    return 0\n"


def notebook(*cells):
    """Return the text of a notebook of these code cells, after the import of numpy."""
    made = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
        for source in ("import numpy as np", *cells)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def seals(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: hashlib.sha256(path.read_bytes()).digest() for path in files}


@pytest.fixture
def graded(tmp_path, own_chapters):
    """Return a function that grades hand-ins, given as texts by their names, and reads the table.

    What it returns leads from who and exercise to the rest of the row.
    """
    numbers = itertools.count()

    def run(hand_ins, *flags):
        folder = tmp_path / f"in{next(numbers)}"
        for who, text in hand_ins.items():
            path = folder / f"{who}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        before, table = seals(folder), folder.with_suffix(".csv")
        assert grade.main([str(folder), "--csv", str(table), *flags]) == 0
        assert seals(folder) == before
        return read(table)

    return run


def read(table):
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == grade.COLUMNS
    return {(who.removesuffix(".ipynb"), name): rest for who, name, *rest in rows[1:]}


def of_cosine(graded, *cells):
    """Return what a hand-in of these cells gets for the cosine: passed, case, reason."""
    return graded({"amy": notebook(*cells)})["amy", "cosine"]


# --- what is right, and what is wrong -----------------------------------------------------------


def test_a_right_answer_passes(graded):
    assert of_cosine(graded, COSINE) == ["yes", "", ""]


def test_a_wrong_answer_gets_its_first_case_and_the_sentence_that_check_says(graded):
    passed, case, reason = of_cosine(graded, "def cosine(v, w):\n    return v @ w")
    assert passed == "no"
    assert case.startswith("case 1: v = [2., 4., 5., 6.]; w = ")
    assert case.endswith("returned 39; expected 0.722222")
    assert reason == "not yet. That is the dot product; divide it by both lengths."


@pytest.mark.parametrize(
    "below",
    [
        "error = 0.0\nv = w = 3",
        "def length(m, n, k): return m * n * k",
        "cosine = cosine(np.ones(3), np.ones(3))",
        "for cosine in (0.1, 0.2): print(cosine)",
    ],
)
def test_what_cells_below_call_by_the_same_names_does_not_change_the_mark(graded, below):
    answer = (
        "error = 1\ndef length(x): return error * np.linalg.norm(x)\n"
        "def cosine(v, w):\n    return v @ w / length(v) / length(w)\n\ncheck(cosine)"
    )
    assert of_cosine(graded, answer, below) == ["yes", "", ""]


def test_a_function_that_uses_another_which_fails_says_so(graded):
    wrong = "def projection(v, onto):\n    return v @ onto * onto\n"
    uses = (
        "def distance_to_line(point, start, direction):\n    v = point - start\n"
        "    return np.linalg.norm(v - projection(v, direction))\n"
    )
    said = "It uses projection, which did not pass."
    rows = graded({"amy": notebook(wrong, uses), "ben": notebook(PROJECTION, uses)})
    assert rows["amy", "distance_to_line"][0] == "no"
    assert rows["amy", "distance_to_line"][2].endswith(said)
    assert said not in rows["amy", "projection"][2]
    assert rows["ben", "distance_to_line"] == ["yes", "", ""]


SLOW_AT_FIRST = {  # the first time only, in whatever process
    "in_the_function": (
        "def cosine(v, w):\n    {once}\n        while True: pass\n    return {right}"
    ),
    "in_compiled_code": (
        "def cosine(v, w):\n    {once}\n        sum(range(10**13))\n    return {right}"
    ),
    "in_what_it_needs": (
        "one = 1\n{once}\n    while True: one = 1\ndef cosine(v, w):\n    return one * {right}"
    ),
}


def test_what_ran_out_of_time_beside_others_is_tried_once_more_alone(graded, tmp_path):
    right = "v @ w / np.linalg.norm(v) / np.linalg.norm(w)"
    hand_ins = {"ben": notebook(COSINE)}
    for who, source in SLOW_AT_FIRST.items():
        seen = f"seen = pathlib.Path({str(tmp_path / who)!r})"
        once = "while not seen.exists():\n{indent}seen.touch()"
        indent = "    " if who == "in_what_it_needs" else "        "
        source = source.format(once=once.format(indent=indent), right=right)
        hand_ins[who] = notebook(f"import pathlib\n{seen}\n{source}")
    rows = graded(hand_ins, "--jobs", "4", "--seconds", "1")
    assert [who for who, _ in rows] == sorted(hand_ins)
    assert {row[0] for row in rows.values()} == {"yes"}, rows


def test_an_error_is_told_with_its_line(graded):
    passed, _, reason = of_cosine(graded, "def cosine(v, w):\n    u = v @ w\n    return u / size")
    assert passed == "no"
    assert "NameError: name 'size' is not defined" in reason
    assert "line 3 of cosine: return u / size" in reason


def test_a_function_that_changes_its_input_does_not_pass(graded):
    source = "def cosine(v, w):\n    c = v @ w / np.linalg.norm(v) / np.linalg.norm(w)\n"
    passed, case, reason = of_cosine(graded, source + "    v[0] = 7\n    return c")
    assert (passed, case) == ("no", "case 1")
    assert "changes its input v" in reason


def test_the_known_mistake_that_check_names_is_named_in_the_table(graded):
    exercise = session.chapters["linear algebra"]["rayleigh_quotient"]
    mistakes = {m: sentence for m, sentence in exercise.mistakes.items() if isinstance(m, str)}
    head = f"def rayleigh_quotient({', '.join(exercise.parameters)}):\n    return "
    rows = graded({f"s{n}": notebook(head + m) for n, m in enumerate(mistakes)})
    for n, sentence in enumerate(mistakes.values()):
        assert sentence in rows[f"s{n}", "rayleigh_quotient"][2]


def test_the_answers_of_all_chapters_pass(graded):
    """Each module is a cell without its relative imports: an answer needs no more than numpy."""
    cells = {}
    for title, names in session.chapters.items():
        sources = [inspect.getsource(exercise.reference) for exercise in names.values()]
        cells[title] = notebook("from mlmath_helpers.information_theory import *", *sources)
    rows = graded(cells)
    assert {key: row for key, row in rows.items() if row[0] != "yes"} == {}
    assert len(rows) == sum(map(len, session.chapters.values()))


# --- what is run of a notebook ------------------------------------------------------------------


def test_helpers_imports_and_values_come_with_the_function(graded):
    cells = (
        "from math import sqrt",
        "%pip install nothing\nscale = {}\nscale['one'] = 1",
        "def length(v):\n    return sqrt(v @ v) * scale['one']",
        "def cosine(v, w):\n    return v @ w / length(v) / length(w)\ncheck(cosine)",
    )
    assert of_cosine(graded, *cells)[0] == "yes"


def test_the_last_definition_wins_and_a_stub_below_an_answer_does_not(graded):
    assert of_cosine(graded, CHEAT, COSINE)[0] == "yes"
    assert of_cosine(graded, COSINE, CHEAT)[0] == "no"
    assert of_cosine(graded, COSINE, STUB)[0] == "yes"
    assert of_cosine(graded, STUB) == ["no", "", "not written yet."]


def test_commands_in_cells_are_not_run_and_the_code_below_them_is(graded, tmp_path):
    mark = tmp_path / "mark"
    cells = (f"!touch {mark}\nimport math", f"%%bash\ntouch {mark}", f"%%time\n{COSINE}")
    assert of_cosine(graded, *cells)[0] == "yes"
    assert not mark.exists()


def test_what_the_function_does_not_need_is_not_run(graded):
    assert of_cosine(graded, "while True: pass", "import nowhere", "cosine(1", COSINE)[0] == "yes"


def test_a_cell_that_is_no_python_is_named_as_the_reason(graded):
    passed, _, reason = of_cosine(graded, "def cosine(v, w):\n    return v @")
    assert passed == "no"
    assert reason.startswith("the function is not there; cell 2: SyntaxError, line 2")


def test_a_lambda_is_asked_to_be_a_function(graded):
    _, _, reason = of_cosine(graded, "cosine = lambda v, w: 0\ncheck(cosine)")
    assert reason == "cosine is no function written with def"


# --- hostile ------------------------------------------------------------------------------------

ENGINE = "mlmath_helpers.exercises._engine"
SAYS_RIGHT = '{"case": 0, "passed": true, "returned": 1, "error": null, "changed": [false, false], '
HOSTILE = {  # from a name to cells, and what the reason says
    "loops": ("def cosine(v, w):\n    while True: pass", "is there a loop that never ends"),
    "loops_and_catches": (
        "def cosine(v, w):\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException: pass",
        "is there a loop that never ends|took too long",
    ),
    "hangs_in_compiled_code": ("def cosine(v, w):\n    sum(range(10**13))", "took too long"),
    "exits": ("import sys\ndef cosine(v, w):\n    sys.exit(0)", "SystemExit"),
    "exits_at_once": ("import os\ndef cosine(v, w):\n    os._exit(0)", r"\(exit code 0\)"),
    "exits_in_its_cell": (f"import os\nx = os._exit(3)\n{CHEAT}    x", r"\(exit code 3\)"),
    "kills_itself": (
        "import os, signal\ndef cosine(v, w):\n    os.kill(os.getpid(), signal.SIGTERM)",
        "ended its process",
    ),
    "clears_its_folder": (
        "import os, shutil\ndef cosine(v, w):\n    shutil.rmtree(os.getcwd())\n    return 0",
        "not yet",
    ),
    "replaces_the_verdict": (
        f"import {ENGINE}.verdict as verdict, {ENGINE}.trials as trials\n"
        f"verdict.what_is_wrong = lambda *_: None\n"
        f"trials.is_right = trials.Trials.is_right = lambda *_: True\n{CHEAT}    verdict, trials",
        "not yet",
    ),
    "replaces_numpy": (
        "import numpy\nreal = numpy.abs\ndef cosine(v, w):\n    numpy.abs = numpy.isnan = "
        "numpy.asarray = lambda *_: numpy.float64(0)\n    return 0",
        "not yet|no answer|ended",
    ),
    "writes_into_the_pipe": (
        "import os\ndef cosine(v, w):\n    for place in range(3, 30):\n        try:\n"
        f'            os.write(place, b\'{SAYS_RIGHT}"printed": false, "breaks": null}}\\n\')\n'
        "        except OSError: pass\n    return 0",
        "not yet|no answer",
    ),
    "prints_a_verdict": (f"def cosine(v, w):\n    print('{SAYS_RIGHT}')\n    return 0", "not yet"),
    "is_equal_to_all": (
        "class Any:\n    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0\n    __rsub__ = __sub__\n"
        "def cosine(v, w):\n    return Any()",
        "value of type Any",
    ),
    "closes_the_pipe": ("import os\ndef cosine(v, w):\n    os.closerange(0, 50)", "ended|closed"),
    "returns_a_great_deal": (
        "def cosine(v, w):\n    return np.zeros(10**6)",
        "an array of 8 MB is returned",
    ),
    "returns_itself": ("def cosine(v, w):\n    x = []\n    x.append(x)\n    return x", "20 levels"),
    "sinks": ("def cosine(v, w):\n    return cosine(v, w)", "calls itself without end"),
    "waits_for_input": ("def cosine(v, w):\n    return float(input())", "EOFError"),
    "no_json": (b"\x00not a notebook", "its text is not JSON"),
    "another_encoding": ('{"é": 1}'.encode("latin-1"), "its text is not JSON"),
    "empty": (b"", "its text is not JSON"),
    "a_list": (b"[1, 2]", "has no cells"),
    "no_cells": (b"{}", "has no cells"),
    "deep": (b"[" * 100_000, "its text is not JSON"),
    "nothing_of_the_course": (notebook("x = 1").encode(), "is it another notebook"),
    "=1+1": (b"", "its text is not JSON"),
}
if sys.platform == "linux":  # elsewhere it would fill the memory of the machine
    HOSTILE["fills_the_memory"] = (
        "def cosine(v, w):\n    held = []\n    while True: held.append(np.empty(10**7))",
        "MemoryError|ended its process",
    )
if hasattr(os, "fork"):
    HOSTILE["leaves_a_process_behind"] = (
        "import os, time\ndef cosine(v, w):\n    if os.fork():\n        os._exit(0)\n"
        "    os.setsid()\n    time.sleep(30)",
        "ended its process|closed|took too long|BlockingIOError",
    )


def test_no_hand_in_keeps_others_from_being_graded_and_none_passes_that_is_not_right(graded):
    hand_ins = {
        f"hostile/{who}": made if isinstance(made, bytes) else notebook(made)
        for who, (made, _) in HOSTILE.items()
    }
    right = {f"right/{n}": notebook(COSINE) for n in range(3)}
    rows = graded(hand_ins | right, "--seconds", "1", "--memory", "600")
    reasons = {who: (passed, reason) for (who, _), (passed, _, reason) in rows.items()}
    assert {who: reasons.pop(who) for who in right} == dict.fromkeys(right, ("yes", ""))
    assert {who for who, (passed, _) in reasons.items() if passed == "yes"} == set()
    for who, (_, words) in HOSTILE.items():
        _, reason = reasons[f"hostile/{who}"]
        assert re.search(words, reason), (who, reason)


def test_a_loop_in_what_one_function_needs_keeps_no_other_from_being_graded(graded):
    cells = ("while True: x = 1", "def norm_p(v, p):\n    return x", CHEAT + "    x", PROJECTION)
    rows = graded({"amy": notebook(*cells)}, "--seconds", "0.5")
    assert "has not been worked out after 1.5 seconds" in rows["amy", "cosine"][2]
    assert rows["amy", "projection"] == ["yes", "", ""]


def test_after_a_function_that_ends_its_process_the_others_are_tried(graded):
    ends = "import os\ndef cosine(v, w):\n    os._exit(0)"
    rows = graded({"amy": notebook(ends, PROJECTION)})
    assert rows["amy", "cosine"][0] == "no"
    assert rows["amy", "projection"] == ["yes", "", ""]


def test_a_notebook_has_its_own_limit_of_time(graded):
    cells = [
        f"def {name}({', '.join(e.parameters)}):\n    while True: pass"
        for name, e in list(session.chapters["linear algebra"].items())[:8]
    ]
    started = time.monotonic()
    rows = graded({"amy": notebook(*cells)}, "--seconds", "1", "--notebook-seconds", "2")
    assert time.monotonic() - started < 15  # of 8 s and more, were there no limit
    assert "seconds of this notebook were over" in list(rows.values())[-1][2]


# --- the folder and the table -------------------------------------------------------------------


def test_hidden_folders_are_left_out_and_other_files_have_a_row(graded, tmp_path, capsys):
    folder = tmp_path / "class"
    for name in ("amy/a.ipynb", "amy/.ipynb_checkpoints/a.ipynb", "amy/a.txt", "._a.ipynb"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook(COSINE), encoding="utf-8")
    assert grade.main([str(folder), "--csv", str(tmp_path / "t.csv")]) == 0
    rows = read(tmp_path / "t.csv")
    assert list(rows) == [("amy/a", "cosine"), ("amy/a.txt", "")]
    assert rows["amy/a.txt", ""] == ["no", "", "is no notebook (*.ipynb)"]
    said = capsys.readouterr().out
    assert "in no sandbox" in said.replace("\n", " ")
    assert "1 hand-in, " in said


def test_a_link_is_not_followed(graded, tmp_path):
    target = tmp_path / "secret.ipynb"
    target.write_text(notebook(COSINE), encoding="utf-8")
    folder = tmp_path / "class"
    folder.mkdir()
    try:
        (folder / "amy.ipynb").symlink_to(target)
    except OSError:  # on Windows, who may make links is decided by a setting
        return
    assert grade.main([str(folder), "--csv", str(tmp_path / "t.csv")]) == 0
    assert read(tmp_path / "t.csv")["amy", ""] == ["no", "", "is a link and no file"]


def test_with_sections_each_hand_in_has_a_row_for_each_of_their_exercises(graded):
    rows = graded({"amy": notebook(COSINE), "ben": notebook("x = 1")}, "--sections", "lengths")
    assert [name for who, name in rows if who == "amy"] == [
        "cosine",
        "projection",
        "distance_to_line",
    ]
    assert rows["amy", "projection"] == ["no", "", "is not in this notebook"]
    assert "another notebook" in rows["ben", ""][2]


def test_a_notebook_with_the_name_of_another_is_graded_and_it_is_said(graded):
    rows = graded({"amy/02_calculus": notebook(CHEAT), "ben/01_linear_algebra": notebook(COSINE)})
    assert "name of the chapter calculus" in rows["amy/02_calculus", "cosine"][2]
    assert rows["ben/01_linear_algebra", "cosine"][2] == ""


def test_the_courses_own_notebooks_are_not_written_yet(graded):
    path = notebooks() / "03_probability.ipynb"
    rows = graded({"amy": path.read_bytes()})
    assert {name for _, name in rows} == set(session.chapters["probability"])
    assert {row[2] for row in rows.values()} == {"not written yet."}


HOMEWORK = """
from mlmath_helpers.exercises import Exercise

def root(f, low, high):
    '''Zero of f between low and high.'''
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return middle

EXERCISES = {"root": Exercise(root, cases=((lambda x: x * x - 2, 0, 2), (lambda x: x**3 - 3, 1, 3)),
    hints=("In which half?", "Halve."), mistakes={"(low + high) / 2": "Only one halving."})}
"""


def test_a_teachers_own_exercises_are_graded_and_their_functions_called_across(graded, tmp_path):
    file = tmp_path / "homework.py"
    file.write_text(HOMEWORK, encoding="utf-8")
    right = "from scipy import optimize\ndef root(*case):\n    return optimize.brentq(*case)"
    wrong = "def root(f, low, high):\n    return (low + high) / 2"
    fails = "def root(f, low, high):\n    return f(2**100000)"
    rows = graded(
        {"amy": notebook(right), "ben": notebook(wrong), "cem": notebook(fails)},
        "--exercises",
        str(file),
    )
    assert rows["amy", "root"] == ["yes", "", ""]
    assert "Only one halving." in rows["ben", "root"][2]
    assert "OverflowError" in rows["cem", "root"][2]


def test_an_exercise_that_cannot_compare_an_answer_says_so_and_the_next_is_graded(graded, tmp_path):
    file = tmp_path / "homework.py"
    same = "same=lambda given, right, case: [abs(given - right) < 1e-6][int(given > 5)]"
    file.write_text(HOMEWORK.replace('halving."}', f'halving."}}, {same}'), encoding="utf-8")
    cells = ("def root(f, low, high):\n    return 7", COSINE)
    rows = graded({"amy": notebook(*cells)}, "--exercises", str(file), "--sections", "lengths")
    assert "cannot be compared: IndexError" in rows["amy", "root"][2]
    assert rows["amy", "cosine"][0] == "yes"


LEAVES = (None, ..., True, "=1", 7, 10**400, 1e200, np.nan, np.inf, 1j, np.zeros((2, 0)))


@pytest.mark.parametrize("value", [*LEAVES, list(LEAVES), (1e300, [None]), {"a": 1j}, [[], [[]]]])
def test_whatever_data_come_back_there_is_a_verdict(value):
    exercise = session.chapters["linear algebra"]["cosine"]
    trials = hand_in.Trials(exercise)
    answer = {"returned": data.encode(value), "error": None, "breaks": None, "printed": False}
    trials.add(answer | {"case": 0, "changed": [False, False]})
    passed, case, reason = grade.judge(trials)
    assert passed == "no"
    assert case
    assert "cannot be compared" not in reason


def test_no_cell_of_the_table_is_a_formula():
    for cell in ("=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1"):
        assert grade.harmless(cell)[0] == "'"
    assert grade.harmless("a\nb") == "a b"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere is no folder"),
        (["{empty}"], "holds no notebook"),
        (["{empty}", "--csv", "{table}"], "is there already"),
        (["{empty}", "--csv", "{empty}/a/b.csv"], "there is no folder"),
        (["{empty}", "--sections", "svdd"], "did you mean svd?"),
        (["{empty}", "--exercises", "none.py"], "must be an existing Python file"),
    ],
)
def test_what_cannot_be_graded_is_refused_in_a_line(arguments, words, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "t.csv").write_text("mine")
    places = {"empty": tmp_path / "empty", "table": tmp_path / "t.csv"}
    assert grade.main([word.format(**places) for word in arguments]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert (tmp_path / "t.csv").read_text() == "mine"


@pytest.mark.parametrize("flag", ["--seconds", "--memory", "--jobs"])
def test_limits_are_positive_numbers(flag, capsys):
    with pytest.raises(SystemExit) as end:
        grade.main(["x", flag, "0"])
    assert end.value.code == 2
    assert "number above 0" in capsys.readouterr().err
