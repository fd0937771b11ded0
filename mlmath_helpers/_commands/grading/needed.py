"""Which statements of a notebook a function needs: its definition, and what it uses."""

import ast
import re
import symtable
from typing import NamedTuple

QUIET_MAGICS = {"capture", "prun", "time"}  # of a cell: what follows them is run as it stands


class Statement(NamedTuple):
    """A statement at the top level of a cell, and the names that it is about."""

    cell: int  # the place of its cell in the notebook, from 1
    node: ast.stmt
    binds: set
    changes: set  # names of things that it changes in place
    reads: set  # names that it or a function in it looks up


def statements(cells):
    """Take cells apart into statements; commands to IPython or the shell are left out.

    Parameters
    ----------
    cells : list of (int, str)
        Place and source of each code cell.

    Returns
    -------
    found : list of Statement
        In the order of the notebook.
    unreadable : dict of int to str
        From the place of a cell that is no Python to what is wrong with it.
    """
    found, unreadable, imported = [], {}, set()
    for place, source in cells:
        try:
            for node in _parsed(source).body:
                if not _is_command(node):
                    found.append(_statement(place, node))
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        imported |= found[-1].binds
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = f", line {error.lineno}" if getattr(error, "lineno", None) else ""
            words = getattr(error, "msg", None) or str(error)
            unreadable[place] = f"{type(error).__name__}{line}: {words}"
    # Else np.show_config() might change np, and each function would need half of the notebook.
    return [one._replace(changes=one.changes - imported) for one in found], unreadable


def needed(found, name):
    """Return those of the statements that the function ``name`` needs, in their order.

    All that make a name which is needed, up to the last cell that defines or checks the function:
    so it is what `check` sees there in a notebook that is run from its first cell on. Cells
    further down may use a name for another thing; they give only what no cell above has given.
    A stub is left out where an answer is written as well, above it or below.
    """
    written = any(name in s.binds and not is_stub(s.node, name) for s in found)
    found = [s for s in found if not (written and is_stub(s.node, name))]
    here = max((s.cell for s in found if _is_about(s.node, name)), default=None)
    if here is not None:
        given = {each for s in found if s.cell <= here for each in s.binds}
        found = [s for s in found if s.cell <= here or not (s.binds | s.changes) & given]
    wanted, chosen = {name}, set()
    grown = True
    while grown:
        grown = False
        for number, one in enumerate(found):
            if number not in chosen and (one.binds | one.changes) & (wanted | {"*"}):
                chosen.add(number)
                wanted |= one.reads
                grown = True
    return [found[number] for number in sorted(chosen)]


def is_stub(node, name):
    """Tell whether a statement defines the function ``name`` with nothing in it."""
    return (
        isinstance(node, ast.FunctionDef)
        and node.name == name
        and all(
            isinstance(step, ast.Pass)
            or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
            for step in node.body
        )
    )


def _is_about(node, name):
    """Tell whether a statement defines the function ``name``, or is ``check(name)``."""
    if isinstance(node, ast.FunctionDef):
        return node.name == name and not is_stub(node, name)
    return isinstance(node, ast.Expr) and ast.unparse(node) == f"check({name})"


def _parsed(source):
    """Return the tree of a cell, in which commands to IPython are calls of get_ipython()."""
    if source.lstrip().startswith("%%"):
        first, _, rest = source.lstrip().partition("\n")
        magic = re.match(r"%%(\w*)", first)[1]
        source = "\n" + rest if magic in QUIET_MAGICS else ""
    try:
        return ast.parse(source)
    except SyntaxError:
        if not re.search(r"^\s*[%!?]|[?]\s*$|=\s*[%!]", source, re.MULTILINE):
            raise
        from IPython.core.inputtransformer2 import TransformerManager  # it takes long

        return ast.parse(TransformerManager().transform_cell(source))


def _is_command(node):
    value = getattr(node, "value", None)
    return isinstance(node, ast.Expr | ast.Assign) and _root(value) == "get_ipython"


def _root(node):
    """Return the name at which x.y, x[y] and x(y) begin, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _statement(place, node):
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    symbols = table.get_symbols()
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    reads = {s.get_name() for s in symbols if s.is_referenced()}
    for inner in _inside(table):
        for symbol in inner.get_symbols():
            is_global = symbol.is_global() and symbol.is_referenced()
            if is_global or symbol.is_declared_global():  # count += 1 is no reference to symtable
                reads.add(symbol.get_name())
            if symbol.is_declared_global() and symbol.is_assigned():
                binds.add(symbol.get_name())
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        binds.add("*")
    return Statement(place, node, binds, _changed(node), reads)


def _inside(table):
    for child in table.get_children():
        yield child
        yield from _inside(child)


def _changed(node):
    """Return the names whose values a statement changes: x[i] = 1, x.y = 1, x.append(1)."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    roots = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            roots |= {_root(part.value)} if isinstance(part.value.func, ast.Attribute) else set()
        elif isinstance(getattr(part, "ctx", None), ast.Store | ast.Del):
            roots |= {_root(part)} if isinstance(part, ast.Attribute | ast.Subscript) else set()
    return roots - {None}
