"""What the learner waits for first: imports, and the run of a whole notebook.

The limits hold for the time of the processor, so that a busy machine fails nothing; the table
shows the time on the clock beside it.
"""

import pathlib
import subprocess
import sys
import time

import psutil
import pytest
from nbclient import NotebookClient

import save_notebooks

# Seconds and MB. The largest chapter keeps twenty figures open, of about nine MB each.
LIMIT_IMPORT, LIMIT_CELL, LIMIT_NOTEBOOK, LIMIT_MEMORY = 0.3, 2.0, 20.0, 500
NOTEBOOKS = sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))
MEMORY = """
import resource, sys
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (2**20 if sys.platform == "darwin" else 2**10))
"""


@pytest.mark.parametrize("module", ["mlmath_helpers", "numpy", "matplotlib.figure"])
def test_time_of_an_import(module, benchmark):
    beside = "" if module == "mlmath_helpers" else module
    benchmark.extra_info.update(row=("import in a fresh Python", "mlmath_helpers"), beside=beside)
    script = f"import {module}"
    benchmark.pedantic(subprocess.run, ([sys.executable, "-c", script],), {"check": True}, rounds=7)
    if not beside:
        bare = min(
            elapsed(subprocess.run, [sys.executable, "-c", "pass"], check=True) for _ in range(5)
        )
        assert benchmark.stats.stats.min - bare < LIMIT_IMPORT


def elapsed(function, *args, **kwargs):
    start = time.perf_counter()
    function(*args, **kwargs)
    return time.perf_counter() - start


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_within_time_and_memory(path, note, monkeypatch):
    startup = pathlib.Path(save_notebooks.__file__).with_name("kernel_startup.py")
    monkeypatch.setenv("PYTHONSTARTUP", str(startup))
    notebook = save_notebooks.read(path)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", store_widget_state=False)
    client.resources = {"metadata": {"path": str(path.parent)}}
    seconds = {}
    with client.setup_kernel():
        kernel = psutil.Process(client.km.provisioner.pid)
        start = time.perf_counter()
        for index, cell in enumerate(notebook.cells):
            before = worked(kernel)
            client.execute_cell(cell, index)
            seconds[index] = worked(kernel) - before
        on_the_clock = time.perf_counter() - start
        probe = save_notebooks.nbformat.v4.new_code_cell(MEMORY)
        notebook.cells.append(probe)
        client.execute_cell(probe, len(notebook.cells) - 1)
    megabytes = float(probe.outputs[0].text)
    whole, slowest = sum(seconds.values()), max(seconds, key=seconds.get)
    note(
        "notebook",
        path.stem,
        f"{whole:.1f} s ({on_the_clock:.1f} s on the clock)",
        f"slowest cell {notebook.cells[slowest].id} {seconds[slowest]:.2f} s",
        f"{megabytes:.0f} MB",
    )
    assert whole < LIMIT_NOTEBOOK
    assert seconds[slowest] < LIMIT_CELL
    assert megabytes < LIMIT_MEMORY


def worked(process):
    """Return the seconds that a process has kept a processor busy."""
    times = process.cpu_times()
    return times.user + times.system
