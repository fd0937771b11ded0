"""What all tests share."""

import os
import pathlib
import runpy

import hypothesis
import pytest

ROOT = pathlib.Path(__file__).parents[1]
# By its file, since its package brings in numpy, which reads at once how many threads it may have.
kernel_environment = ROOT / "mlmath_helpers" / "_commands" / "kernel_environment.py"
runpy.run_path(str(kernel_environment))["prepare"]()
pytest.register_assert_rewrite("notebooks.as_readers")

# The notebooks' kernels start in this environment: their warnings become errors too.
os.environ["PYTHONSTARTUP"] = str(ROOT / ".ci" / "kernel_startup.py")

# The same examples on every run, and no limit of time: a busy machine is no fault of the course.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True)
hypothesis.settings.load_profile("course")
