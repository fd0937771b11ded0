"""The package behind the course: implementations, data, explorers and exercises."""

__version__ = "0.1.0"
