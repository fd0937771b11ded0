"""What all tests share."""

import os
import pathlib

# The notebooks' kernels start in this environment: their warnings become errors too.
os.environ["PYTHONSTARTUP"] = str(pathlib.Path(__file__).parents[1] / ".ci" / "kernel_startup.py")
