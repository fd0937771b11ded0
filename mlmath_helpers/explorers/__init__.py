"""The slider figures, one module a chapter, and the `Explorer` that they are made of."""

from .explorer import Explorer

__all__ = ["Explorer"]
