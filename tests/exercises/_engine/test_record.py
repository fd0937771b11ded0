"""The file of what has been passed: kept, shared, damaged, refused."""

import errno
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath_helpers.exercises._engine import record as engine
from mlmath_helpers.exercises._engine.record import NAME, Record, place

COSINE = ("linear algebra", "cosine")
DISTANCE = ("start here", "distance")
ENTRY = {
    "first": "2026-11-02T10:00:00+00:00",
    "last": "2026-11-09T10:00:00+00:00",
    "answer": "def cosine(v, w): ...\n",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / NAME


def write(path, entries, version=1):
    path.write_text(json.dumps({"version": version, "passed": entries}), encoding="utf-8")


def names(path):
    """Return the names of all files in the folder of the record."""
    return sorted(file.name for file in path.parent.iterdir())


def clock(monkeypatch, moment):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(moment).astimezone(tz)

    monkeypatch.setattr(engine, "datetime", Clock)


# --- kept ------------------------------------------------------------------------------------


def test_what_one_session_passes_the_next_one_knows_with_its_answer(path, capsys):
    Record(path).add(*COSINE, "def cosine(v, w):\n    return 'é'\n")
    before = datetime.now(UTC)
    (key, entry), *others = Record(path).passed().items()
    assert (key, others) == (COSINE, [])
    assert entry.answer == "def cosine(v, w):\n    return 'é'\n"
    assert timedelta() <= before - entry.first < timedelta(minutes=1)
    assert entry.first == entry.last
    assert (names(path), capsys.readouterr().out) == ([NAME], "")


def test_the_first_pass_the_last_one_and_its_answer_are_kept(path, monkeypatch):
    for moment, answer in [("2026-11-02T10:00+00:00", "one"), ("2026-11-09T11:30+01:00", "two")]:
        clock(monkeypatch, moment)
        Record(path).add(*COSINE, answer)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["passed"] == {"linear algebra": {"cosine": {**ENTRY, "answer": "two"} | {
        "last": "2026-11-09T10:30:00+00:00"
    }}}  # fmt: skip


def test_an_answer_may_hold_any_text(path):
    answer = 'half a character \ud800, a quote ", a backslash \\ and 数'
    Record(path).add(*COSINE, answer)
    assert Record(path).passed()[COSINE].answer == answer


def test_a_file_that_was_deleted_is_begun_anew_with_this_session(path):
    record = Record(path)
    record.add(*COSINE, "")
    path.unlink()
    record.add(*DISTANCE, "")
    assert Record(path).passed().keys() == {COSINE, DISTANCE}


def test_what_this_edition_does_not_know_stays_in_the_file(path):
    write(path, {"a chapter of later": {"cosine": ENTRY}, "linear algebra": {"no more": ENTRY}})
    Record(path).add(*COSINE, "")
    found = Record(path).passed()
    assert found.keys() == {
        ("a chapter of later", "cosine"),
        ("linear algebra", "no more"),
        COSINE,
    }


def test_without_a_file_the_session_counts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    record = Record()
    record.add(*COSINE, "")
    assert record.passed().keys() == {COSINE}
    assert list(tmp_path.iterdir()) == []


# --- shared ----------------------------------------------------------------------------------


def test_a_session_sees_what_another_one_passes_meanwhile(path):
    here, there = Record(path), Record(path)
    assert here.passed() == {}
    there.add(*DISTANCE, "")
    assert here.passed().keys() == {DISTANCE}
    here.add(*COSINE, "")
    assert there.passed().keys() == {DISTANCE, COSINE}


def test_nothing_is_lost_when_four_write_at_once(path):
    code = (
        "import pathlib, sys\n"
        "from mlmath_helpers.exercises._engine.record import Record\n"
        "record = Record(pathlib.Path(sys.argv[1]))\n"
        "sys.stdin.readline()\n"
        "for n in range(20):\n"
        "    record.add('chapter', sys.argv[2] + str(n), '')\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, path, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in "abcd"
    ]
    for writer in writers:
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    said = [writer.communicate()[0] for writer in writers]
    assert ({writer.returncode for writer in writers}, b"".join(said)) == ({0}, b"")
    assert len(Record(path).passed()) == 80
    assert names(path) == [NAME]


def test_what_one_who_ended_while_writing_has_left_is_cleared_away(path, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    path.with_name(f".{NAME}.new").write_text('{"vers')
    Record(path).add(*COSINE, "")
    assert (names(path), Record(path).passed().keys()) == ([NAME], {COSINE})


# --- damaged ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"version": 1, "passed": {"linear al',
        b"\xff\xfe\x00",
        b"[]",
        b"7",
        b"null",
        b"[" * 100_000,
        b"{}",
        b'{"passed": {}}',
        b'{"version": "1", "passed": {}}',
        b'{"version": 1, "passed": []}',
        b'{"version": 1, "passed": {"linear algebra": []}}',
    ],
)
@pytest.mark.parametrize("act", ["add", "passed"])
def test_a_damaged_file_is_put_aside_as_it_is_and_said_once(act, content, path, capsys):
    path.write_bytes(content)
    record = Record(path)
    if act == "add":
        record.add(*COSINE, "")
    else:
        assert record.passed() == {}
        record.add(*COSINE, "")
    assert record.passed().keys() == Record(path).passed().keys() == {COSINE}
    aside, kept = names(path)
    assert kept == NAME
    assert path.with_name(aside).read_bytes() == content
    assert capsys.readouterr().out == (
        f"{NAME} was damaged: it is now {aside}, and what could be read counts.\n"
    )


@pytest.mark.parametrize(
    "broken",
    [
        3,
        "text",
        None,
        [],
        {},
        {**ENTRY, "first": "yesterday"},
        {**ENTRY, "last": "2026-11-02T10:00:00"},
        {**ENTRY, "last": 5},
        {**ENTRY, "first": "0001-01-01T00:00:00+00:00"},
        {**ENTRY, "last": "9999-12-31T23:59:59-10:00"},
        {"first": ENTRY["first"], "last": ENTRY["last"]},
    ],
)
def test_one_damaged_entry_loses_no_other(broken, path, capsys):
    write(path, {"linear algebra": {"cosine": ENTRY, "projection": broken}})
    before = path.read_bytes()
    assert Record(path).passed().keys() == {COSINE}
    assert Record(path).passed().keys() == {COSINE}
    aside, _ = names(path)
    assert path.with_name(aside).read_bytes() == before
    assert capsys.readouterr().out.count("damaged:") == 1


def test_damaged_twice_in_a_day_both_are_kept(path):
    for content in (b"one", b"two"):
        path.write_bytes(content)
        Record(path).passed()
    assert {path.with_name(name).read_bytes() for name in names(path)} > {b"one", b"two"}
    assert len(names(path)) == 3


@given(st.binary(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["version", "passed", "linear algebra", "cosine", "first", "last"]), inner
    ),
).map(lambda tree: json.dumps(tree).encode()))  # fmt: skip
def test_whatever_stands_in_the_file_no_error_comes_of_it(content):
    try:
        passed, whole = engine._parsed(content)
    except engine.NewerError:
        return
    assert isinstance(passed, dict)
    assert isinstance(whole, bool)


# --- refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("passed", [{"linear algebra": {"cosine": ENTRY}}, "of another shape"])
def test_a_file_of_a_newer_edition_stays_as_it_is_and_is_said_once(passed, path, capsys):
    write(path, passed, version=2)
    before = path.read_bytes()
    record = Record(path)
    assert record.passed() == {}
    for key in (COSINE, DISTANCE):
        record.add(*key, "")
    assert record.passed().keys() == {COSINE, DISTANCE}
    assert (names(path), path.read_bytes()) == ([NAME], before)
    assert capsys.readouterr().out == (
        f"{NAME} is of a newer edition of the course, and stays as it is: "
        "what you pass counts until this session ends.\n"
    )


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_takes_no_file_is_said_once_and_the_session_counts(
    code, path, capsys, monkeypatch
):
    write(path, {"start here": {"distance": ENTRY}})
    before = path.read_bytes()

    def refuse(file, mode):
        raise OSError(code, "as the system says it", str(file))

    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    monkeypatch.setattr(engine, "open", refuse, raising=False)
    record = Record(path)
    for name in ("cosine", "projection"):
        record.add("linear algebra", name, "")
    assert record.passed().keys() == {DISTANCE, COSINE, ("linear algebra", "projection")}
    assert (names(path), path.read_bytes()) == ([NAME], before)
    assert capsys.readouterr().out == (
        f"{NAME} cannot be kept here (as the system says it): "
        "what you pass counts until this session ends.\n"
    )


def test_a_folder_that_is_gone_is_said_once_and_the_session_counts(tmp_path, capsys):
    record = Record(tmp_path / "gone" / NAME)
    record.add(*COSINE, "")
    record.add(*DISTANCE, "")
    assert record.passed().keys() == {COSINE, DISTANCE}
    assert capsys.readouterr().out.count("cannot be kept here") == 1


def test_a_folder_in_its_place_stays(path, capsys, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    path.mkdir()
    record = Record(path)
    record.add(*COSINE, "")
    assert record.passed().keys() == {COSINE}
    assert names(path) == [NAME]
    assert "cannot be kept here" in capsys.readouterr().out


def test_a_write_that_breaks_off_leaves_the_old_file(path, monkeypatch):
    write(path, {"linear algebra": {"cosine": ENTRY}})
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(engine.os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Record(path).add(*DISTANCE, "")
    assert (names(path), path.read_bytes()) == ([NAME], before)


# --- where -----------------------------------------------------------------------------------


def test_tests_and_plain_python_keep_no_record(tmp_path):
    assert place() is None
    code = (
        "import os; os.environ.pop('PYTEST_VERSION', None)\n"
        "from mlmath_helpers import exercises\n"
        "from mlmath_helpers.exercises.start_here import distance\n"
        "exercises.check(distance); exercises.progress('start here')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "start here: 1 of 1 passed" in run.stdout
    assert list(tmp_path.iterdir()) == []
