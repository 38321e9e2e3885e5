"""Every place where a mistake can be made, less those that no test could notice by construction.

Left out: annotations, docstrings, imports, decorators, ``TYPE_CHECKING`` blocks, bodies of protocols,
``__repr__``, ``assert`` (it tells the type checker), what is only logged, messages of errors that only a
programmer sees, and the arguments named in ``SILENT_KEYWORDS`` and ``SILENT_CALLS``. Inside of f-strings
nothing is changed: the parser does not say where their parts stand.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.mutants.change import Change, Mutant, Text
from tests.benchmarks.mutants.expressions import SILENT_CALLS, SILENT_KEYWORDS, expression_changes
from tests.benchmarks.mutants.statements import statement_changes

LOGGERS = frozenset({"_log", "log", "logger", "logging"})
# Errors of the program itself; what people are told are codes with sentences of their own.
INTERNAL = frozenset({"ValueError", "TypeError", "AssertionError", "RuntimeError", "KeyError", "LookupError"})


def mutants_of(path: Path, root: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of the text."""
    source = path.read_text(encoding="utf-8")
    text, name = Text(source), path.relative_to(root).as_posix()
    for change, statement, names, inside in _Walk().module(ast.parse(source)):
        yield Mutant(name, text, change, _span(statement), names, inside)


def sample(root: Path, paths: Sequence[str], seed: int, count: int) -> list[Mutant]:
    """Mutants of so many lines, every line as likely as another, and on a line every change.

    Args:
        paths: Files or folders below the root; folders with all that is below them.
        count: At most so many; of fewer lines all are taken.
    """
    by_line: dict[tuple[str, int], list[Mutant]] = {}
    for path in sources(root, paths):
        for mutant in mutants_of(path, root):
            by_line.setdefault((mutant.path, mutant.line), []).append(mutant)
    chance = random.Random(seed)
    places = sorted(by_line)
    chosen = chance.sample(places, min(count, len(places)))
    return sorted((_one(by_line[place], chance) for place in chosen), key=lambda item: (item.path, item.line))


def _one(mutants: list[Mutant], chance: random.Random) -> Mutant:
    """One that is a program; a change that is none would be noticed by nobody's merit."""
    order = chance.sample(mutants, len(mutants))
    return next(item for item in order if _compiles(item.source))


def sources(root: Path, paths: Sequence[str]) -> list[Path]:
    """The files that are meant, each once."""
    found = set()
    for name in paths:
        place = root / name
        found |= {place} if place.is_file() else set(place.rglob("*.py"))
    return sorted(found)


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _span(node: ast.stmt) -> tuple[int, int]:
    """Lines of a statement; of one that holds others the lines of its head."""
    last = node.end_lineno or node.lineno
    body = getattr(node, "body", None)
    if isinstance(body, list) and body:
        last = max(node.lineno, min(body[0].lineno - 1, last))
    return node.lineno, last


Found = tuple[Change, ast.stmt, frozenset[str], str]


class _Walk:
    """Goes through a module and remembers in what it stands."""

    def __init__(self) -> None:
        self._function: ast.FunctionDef | None = None
        self._names: frozenset[str] = frozenset()

    @property
    def _inside(self) -> str:
        return "" if self._function is None else self._function.name

    def module(self, tree: ast.Module) -> Iterator[Found]:
        yield from self._body(tree.body)

    def _body(self, body: list[ast.stmt]) -> Iterator[Found]:
        for statement in body:
            yield from self._statement(statement)

    def _statement(self, node: ast.stmt) -> Iterator[Found]:
        if _silent(node):
            return
        if isinstance(node, ast.FunctionDef):
            yield from self._definition(node)
        elif isinstance(node, ast.ClassDef):
            if not any(_name(base) == "Protocol" for base in node.bases):
                before, self._names = self._names, self._names | {node.name}
                yield from self._body(node.body)
                self._names = before
        else:
            before = self._names
            if self._function is None:
                self._names = before | _bound(node)
            for change in statement_changes(node, self._function):
                yield change, node, self._names, self._inside
            yield from self._parts(node)
            self._names = before

    def _definition(self, node: ast.FunctionDef) -> Iterator[Found]:
        if node.name in ("__repr__", "__str__") or node.name.startswith("_repr"):
            return
        before = self._function, self._names
        if self._function is None:
            self._names = self._names | {node.name}
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                yield from self._expression(default, node)
        self._function, self._names = node, frozenset()
        yield from self._body(node.body)
        self._function, self._names = before

    def _parts(self, node: ast.stmt) -> Iterator[Found]:
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "targets", "target") and not isinstance(node, ast.Delete):
                continue
            for child in value if isinstance(value, list) else [value]:
                yield from self._part(child, node)

    def _part(self, child: object, node: ast.stmt) -> Iterator[Found]:
        if isinstance(child, ast.stmt):
            yield from self._statement(child)
        elif isinstance(child, ast.expr):
            if not (isinstance(node, ast.Raise) and _internal(child)):
                yield from self._expression(child, node)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from self._body(child.body)
        elif isinstance(child, ast.withitem):
            yield from self._expression(child.context_expr, node)

    def _expression(self, node: ast.expr, statement: ast.stmt) -> Iterator[Found]:
        if isinstance(node, ast.JoinedStr):
            return
        for change in expression_changes(node):
            yield change, statement, self._names, self._inside
        if isinstance(node, ast.Call) and _name(node.func) in SILENT_CALLS:
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.keyword):
                if child.arg not in SILENT_KEYWORDS:
                    yield from self._expression(child.value, statement)
            elif isinstance(child, ast.comprehension):
                for part in (child.iter, *child.ifs):
                    yield from self._expression(part, statement)
            elif isinstance(child, ast.expr):
                yield from self._expression(child, statement)


def _silent(node: ast.stmt) -> bool:
    """Whether nothing in the statement can be noticed."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.Pass | ast.Global | ast.Nonlocal):
        return True
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return True
    if isinstance(node, ast.Assign) and _name(node.targets[0]) == "__all__":
        return True
    if isinstance(node, ast.Expr):
        value = node.value
        if isinstance(value, ast.Constant):
            return True
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            return _name(value.func.value) in LOGGERS
    return False


def _internal(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in INTERNAL


def _bound(node: ast.stmt) -> frozenset[str]:
    """Names that a statement of a module or class gives."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    return frozenset(filter(None, (_name(part) for target in targets for part in _parts_of(target))))


def _parts_of(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
