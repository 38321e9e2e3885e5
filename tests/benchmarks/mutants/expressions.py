"""Mistakes in expressions: a comparison, an operator, a constant, an argument, an order, a filter."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import copy
from typing import TypeVar

from tests.benchmarks.mutants.change import Change, instead, shown

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
}
# A function in the place of one that takes the same.
OTHERS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
OTHER_METHODS = {"startswith": "endswith", "endswith": "startswith"}
# Without the call its first argument stands there.
THROUGH = frozenset({"reversed", "abs"})
# Without the call its object stands there.
THROUGH_METHODS = frozenset(
    {"strip", "rstrip", "lstrip", "lower", "upper", "casefold", "order_by", "limit", "distinct"}
)
CONDITIONS = frozenset({"where", "and_", "or_"})
# Arguments that guard programmers or say what holds here anyway: nothing that runs right shows them.
SILENT_KEYWORDS = frozenset(
    {"frozen", "slots", "strict", "encoding", "maxsize", "repr", "eq", "kw_only", "stacklevel", "check"}
)
# The length of a text column means nothing to SQLite.
SILENT_CALLS = frozenset({"String", "TypeVar", "NewType"})

Node = TypeVar("Node", bound=ast.AST)


def altered(node: Node, **fields: object) -> Node:
    """A node like another but for some of its fields."""
    new = copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def expression_changes(node: ast.expr) -> Iterator[Change]:
    """The mistakes that can be made in this expression itself, not in its parts."""
    make = _MAKERS.get(type(node))
    if make is not None:
        yield from make(node)


def _compare(node: ast.Compare) -> Iterator[Change]:
    for place, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            new = altered(node, ops=ops)
            yield instead(node, new, f"{shown(node)} becomes {shown(new)}")
        right = node.comparators[place]
        if isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.Tuple):
            yield from _without_elements(right)


def _without_elements(node: ast.Tuple | ast.Set) -> Iterator[Change]:
    if len(node.elts) < 2:
        return
    for gone in node.elts:
        left = altered(node, elts=[item for item in node.elts if item is not gone])
        yield instead(node, left, f"{shown(gone)} is left out of {shown(node)}")


def _set(node: ast.Set) -> Iterator[Change]:
    yield from _without_elements(node)


def _binary(node: ast.BinOp) -> Iterator[Change]:
    # Texts and lists know only one operator: another would not run at all.
    literal = (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List)
    for side in (node.left, node.right):
        if isinstance(side, literal) and not _number(side):
            return
    other = OPERATORS.get(type(node.op))
    if other is not None:
        new = altered(node, op=other())
        yield instead(node, new, f"{shown(node)} becomes {shown(new)}")


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    new = altered(node, op=other)
    yield instead(node, new, f"{shown(node)} becomes {shown(new)}")
    for gone in node.values:
        kept = [item for item in node.values if item is not gone]
        left: ast.expr = kept[0] if len(kept) == 1 else altered(node, values=kept)
        yield instead(node, left, f"{shown(gone)} is left out of {shown(node)}")


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield instead(node, node.operand, f"{shown(node)} becomes {shown(node.operand)}")


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        others: tuple[int | str, ...] = (not value,)
    elif isinstance(value, int):
        others = (value + 1, value - 1)
    elif isinstance(value, str):
        others = (f"{value}~",)
    else:
        return
    for other in others:
        new = ast.Constant(other)
        yield instead(node, new, f"{shown(node)} becomes {shown(new)}")


def _conditional(node: ast.IfExp) -> Iterator[Change]:
    new = altered(node, body=node.orelse, orelse=node.body)
    yield instead(node, new, f"branches of {shown(node)} change places")


def _call(node: ast.Call) -> Iterator[Change]:
    for gone in node.keywords:
        if gone.arg is not None and gone.arg not in SILENT_KEYWORDS:
            new = altered(node, keywords=[item for item in node.keywords if item is not gone])
            yield instead(node, new, f"argument {gone.arg}={shown(gone.value)} is left out of {shown(node)}")
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in OTHERS and node.args:
        # ``list`` takes neither key nor direction.
        keywords = [] if name == "sorted" else node.keywords
        new = altered(node, func=ast.Name(OTHERS[name]), keywords=keywords)
        yield instead(node, new, f"{shown(node)} becomes {shown(new)}")
    if name in THROUGH and node.args:
        yield instead(node, node.args[0], f"{name} is left out of {shown(node)}")
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method in OTHER_METHODS:
        new = altered(node, func=altered(node.func, attr=OTHER_METHODS[method]))
        yield instead(node, new, f"{shown(node)} becomes {shown(new)}")
    if isinstance(node.func, ast.Attribute) and method in THROUGH_METHODS:
        yield instead(node, node.func.value, f".{method}(…) is left out of {shown(node)}")
    if (method or name) in CONDITIONS:
        yield from _without_conditions(node)


def _without_conditions(node: ast.Call) -> Iterator[Change]:
    if len(node.args) > 1:
        for gone in node.args:
            new = altered(node, args=[item for item in node.args if item is not gone])
            yield instead(node, new, f"condition {shown(gone)} is left out")
    elif isinstance(node.func, ast.Attribute) and node.args:
        yield instead(node, node.func.value, f"condition {shown(node.args[0])} is left out")


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[Change]:
    for place, loop in enumerate(node.generators):
        for gone in loop.ifs:
            fewer = altered(loop, ifs=[item for item in loop.ifs if item is not gone])
            loops = [*node.generators[:place], fewer, *node.generators[place + 1 :]]
            yield instead(node, altered(node, generators=loops), f"filter {shown(gone)} is left out")


_MAKERS: dict[type[ast.expr], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.Set: _set,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    ast.IfExp: _conditional,
    ast.Call: _call,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}
