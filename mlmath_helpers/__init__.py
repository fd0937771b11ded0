"""The package behind the course: implementations, data, explorers and exercises."""

from .source import show_source

__version__ = "0.1.0"
__all__ = ["show_source"]
