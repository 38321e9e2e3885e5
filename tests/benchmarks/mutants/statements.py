"""Mistakes in statements: a guard dropped, a branch never taken, a call or refusal left out, nothing returned."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tests.benchmarks.mutants.change import Change, instead, shown
from tests.benchmarks.mutants.expressions import altered

NOTHING = "pass"
AUGMENTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Mult: ast.Add,
}
# What a function returns that has nothing to say, by the first word of its annotation.
EMPTY = {
    "str": "''",
    "int": "0",
    "tuple": "()",
    "list": "[]",
    "dict": "{}",
    "Mapping": "{}",
    "frozenset": "frozenset()",
    "set": "set()",
    "Iterator": "iter(())",
    "bytes": "b''",
}


def statement_changes(node: ast.stmt, inside: ast.FunctionDef | None) -> Iterator[Change]:
    """The mistakes that can be made in this statement itself, not in its parts.

    Args:
        inside: The function that it is part of.
    """
    make = _MAKERS.get(type(node))
    if make is not None:
        yield from make(node, inside)


def _if(node: ast.If | ast.While, inside: ast.FunctionDef | None) -> Iterator[Change]:
    test = node.test
    if isinstance(test, ast.Constant):
        return
    yield instead(test, ast.Constant(False), f"never: {shown(test)}")
    if isinstance(node, ast.If):
        yield instead(test, ast.Constant(True), f"always: {shown(test)}")
        if node.orelse:
            yield instead(test, ast.UnaryOp(ast.Not(), test), f"branches of {shown(test)} change places")


def _for(node: ast.For, inside: ast.FunctionDef | None) -> Iterator[Change]:
    yield Change(node.iter, "()", f"nothing of {shown(node.iter)} is gone through")


def _leave_out(node: ast.stmt, inside: ast.FunctionDef | None) -> Iterator[Change]:
    yield Change(node, NOTHING, f"{shown(node)} is left out")


def _expression(node: ast.Expr, inside: ast.FunctionDef | None) -> Iterator[Change]:
    if isinstance(node.value, ast.Yield | ast.YieldFrom):
        # The function stays one that yields.
        yield Change(node, "yield from ()", f"{shown(node)} is left out")
    elif isinstance(node.value, ast.Call | ast.Await):
        yield Change(node, NOTHING, f"{shown(node)} is left out")


def _assign(node: ast.Assign, inside: ast.FunctionDef | None) -> Iterator[Change]:
    """What is kept in an object is not kept; without it a new object would have no such thing."""
    starts = inside is not None and inside.name in ("__init__", "__post_init__")
    if inside is not None and not starts and isinstance(node.targets[0], ast.Attribute | ast.Subscript):
        yield Change(node, NOTHING, f"{shown(node)} is left out")


def _augmented(node: ast.AugAssign, inside: ast.FunctionDef | None) -> Iterator[Change]:
    other = AUGMENTED.get(type(node.op))
    if other is not None:
        new = altered(node, op=other())
        yield Change(node, ast.unparse(new), f"{shown(node)} becomes {shown(new)}")
    yield Change(node, NOTHING, f"{shown(node)} is left out")


def _return(node: ast.Return, inside: ast.FunctionDef | None) -> Iterator[Change]:
    if node.value is None or inside is None:
        return
    promised = "" if inside.returns is None else ast.unparse(inside.returns).strip("'\"")
    if promised == "bool":
        new: ast.expr = ast.UnaryOp(ast.Not(), node.value)
        yield instead(node.value, new, f"{shown(node)} returns the opposite")
        return
    first = promised.partition("[")[0].strip()
    empty = "None" if promised.endswith("| None") else EMPTY.get(first, "None")
    if ast.unparse(node.value) != empty:
        yield Change(node.value, empty, f"{shown(node)} returns {empty}")


def _try(node: ast.Try, inside: ast.FunctionDef | None) -> Iterator[Change]:
    for handler in node.handlers:
        kinds = handler.type
        if isinstance(kinds, ast.Tuple) and len(kinds.elts) > 1:
            for gone in kinds.elts:
                fewer = altered(kinds, elts=[item for item in kinds.elts if item is not gone])
                yield instead(kinds, fewer, f"{shown(gone)} is not caught")


_MAKERS: dict[type[ast.stmt], Callable[..., Iterator[Change]]] = {
    ast.If: _if,
    ast.While: _if,
    ast.For: _for,
    ast.Raise: _leave_out,
    ast.Break: _leave_out,
    ast.Continue: _leave_out,
    ast.Delete: _leave_out,
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.Try: _try,
}
