"""Pictures that can be taken hold of, in JupyterLab: by mouse, by finger, by keyboard."""

import pytest

from browser.conftest import NotebookPage

FIGURE = "vectors-04"
