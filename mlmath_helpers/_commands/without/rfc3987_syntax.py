"""Not here: what reads notebooks, as JupyterLab and the tests do, starts seconds sooner.

``import nbformat`` brings in jsonschema, which builds 38 grammars of internationalised
addresses if it finds this module, and leaves them unchecked if not. No notebook is checked
for them. This folder is first on the path of the tests (Makefile) and of `mlmath lab`.
"""

raise ImportError("left out on purpose")
