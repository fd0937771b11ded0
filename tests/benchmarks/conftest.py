"""How long things take, beside what else one would use: ``make bench`` ends with one table.

A benchmark notes in ``benchmark.extra_info`` which row of the table it fills (``row``, a
section and a name), and whether it times the course or something else (``beside``, empty for
the course). Rows without a rival are allowed; so are rows that no timer fills (``note``).
"""

import platform
import sys

import pytest

NOTES = []


@pytest.fixture
def note():
    """Return a function that adds a row of measurements made in another way than by timing."""
    return lambda section, name, *columns: NOTES.append((section, name, *columns))


def pytest_terminal_summary(terminalreporter, config):
    session = getattr(config, "_benchmarksession", None)
    timed = [b for b in session.benchmarks if b.extra_info] if session else []
    if timed or NOTES:
        terminalreporter.section("benchmarks")
        terminalreporter.write_line("\n".join(table(timed)))


def table(timed):
    """Yield the lines of a table in markdown: median of the course, of the other, their ratio."""
    yield f"{machine()}\n"
    yield "| | | course | beside it | course / other |"
    yield "|---|---|---|---|---|"
    rows = {}
    for benchmark in timed:
        info = benchmark.extra_info
        rows.setdefault(tuple(info["row"]), {})[info["beside"]] = benchmark.stats.median
    for (section, name), medians in rows.items():
        ours = medians.pop("", None)
        if ours is not None and not medians:
            yield f"| {section} | {name} | {milliseconds(ours)} | | |"
        for other, theirs in medians.items():
            ratio = f"{ours / theirs:.2g}" if ours else ""
            course = milliseconds(ours) if ours else ""
            yield f"| {section} | {name} | {course} | {other} {milliseconds(theirs)} | {ratio} |"
    for section, name, *columns in NOTES:
        yield f"| {section} | {name} | {' | '.join([*columns, '', '', ''][:3])} |"


def milliseconds(seconds):
    return f"{1000 * seconds:.3g} ms"


def machine():
    """Return what the numbers were measured on."""
    processor = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
        processor = f"{len(names)} x {names[0]}" if names else processor
    except OSError:
        pass
    return f"Python {sys.version.split()[0]}, {platform.system()}, {processor}"
