"""Benchmarks are run only when they are asked for by name: they need an idle machine."""

import sys

collect_ignore_glob = [] if any("benchmarks" in word for word in sys.argv) else ["test_*.py"]
