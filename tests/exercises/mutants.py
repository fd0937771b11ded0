"""Functions with one slip each, to see whether the cases of an exercise notice it."""

import ast

SWAPPED = {  # operators, comparisons, and the words between conditions
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Mod, ast.Div),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
SWAPPED_NAMES = {
    "cos": "sin",
    "sin": "cos",
    "sum": "mean",
    "mean": "sum",
    "argmax": "argmin",
    "ones": "zeros",
    "column_stack": "array",
    "logical_and": "logical_or",
    "logical_or": "logical_and",
    "maximum": "minimum",
    "minimum": "maximum",
}


def mutants(source):
    """Yield the source of a function, without its docstring, with one slip each."""
    tree = ast.parse(source)
    (function,) = tree.body
    if ast.get_docstring(function):
        function.body = function.body[1:]
    for parent in list(ast.walk(function)):
        if isinstance(parent, ast.arguments | ast.arg):
            continue
        for field, value in list(ast.iter_fields(parent)):
            for position, node in enumerate(value if isinstance(value, list) else [value]):
                for other in alternatives(node):
                    _put(parent, field, position, other)
                    yield ast.unparse(ast.fix_missing_locations(tree))
                    _put(parent, field, position, node)


def alternatives(node):
    """Yield what may stand in place of a node of the reference by a slip."""
    for other in SWAPPED.get(type(node), ()):
        yield other()
    if isinstance(node, ast.BinOp):
        yield from (node.left, node.right)  # one side forgotten
        if not isinstance(node.op, ast.Add | ast.Mult | ast.BitAnd | ast.BitOr):
            yield ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.BoolOp):
        yield from node.values  # the other conditions forgotten
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    if isinstance(node, ast.Attribute) and node.attr in SWAPPED_NAMES:
        yield ast.Attribute(node.value, SWAPPED_NAMES[node.attr], node.ctx)
    if isinstance(node, ast.Call) and len(node.args) == 1:
        yield node.args[0]  # sqrt, norm, abs, array forgotten
    if isinstance(node, ast.Call) and node.keywords:
        yield ast.Call(node.func, node.args, [])
    if isinstance(node, ast.List | ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield type(node)(node.elts[::-1], node.ctx)
    if isinstance(node, ast.Slice) and node.upper is not None:
        for operator in (ast.Add(), ast.Sub()):
            yield ast.Slice(None, ast.BinOp(node.upper, operator, ast.Constant(1)))
        yield ast.Slice(node.upper, None)
        yield ast.Slice(None, None)


def _put(parent, field, position, node):
    if isinstance(getattr(parent, field), list):
        getattr(parent, field)[position] = node
    else:
        setattr(parent, field, node)
