"""Where names are used: a line that runs on import is noticed by the tests that run what it names."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

Uses = dict[str, set[tuple[str, int]]]


def uses_of_names(files: Iterable[Path], root: Path) -> Uses:
    """By name the files and lines, inside of functions, that say it; a function's own lines say its name."""
    found: Uses = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for said, line in _said(function):
                    found.setdefault(said, set()).add((name, line))
    return found


def _said(function: ast.FunctionDef) -> Iterable[tuple[str, int]]:
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name):
                yield node.id, node.lineno
            elif isinstance(node, ast.Attribute):
                yield node.attr, node.lineno
            elif isinstance(node, ast.keyword) and node.arg is not None:
                yield node.arg, node.value.lineno
            if isinstance(node, ast.stmt):
                yield function.name, node.lineno


def files_that_say(files: Iterable[Path], root: Path) -> dict[str, set[str]]:
    """By name or module the test files that say or import it: a test may look at what was made on import."""
    found: dict[str, set[str]] = {}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = ""
            if isinstance(node, ast.Name):
                said = node.id
            elif isinstance(node, ast.Attribute):
                said = node.attr
            elif isinstance(node, ast.ImportFrom):
                said = node.module or ""
            if said:
                found.setdefault(said, set()).add(path.relative_to(root).as_posix())
    return found


def tests_that_say(files: Iterable[Path], root: Path) -> dict[str, set[tuple[str, str]]]:
    """By name the test files and functions that say it, themselves or in what they use of their own file."""
    found: dict[str, set[tuple[str, str]]] = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = {made: _words(node) for node in tree.body for made in _made(node)}
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test"):
                for word in _with_own(_words(function), known):
                    found.setdefault(word, set()).add((name, function.name))
    return found


def _made(node: ast.stmt) -> list[str]:
    """What a line of a module gives a name to."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _words(node: ast.AST) -> set[str]:
    """Names, attributes and parameters; a parameter may be a fixture."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.arg):
            found.add(part.arg)
    return found


def _with_own(words: set[str], known: dict[str, set[str]]) -> set[str]:
    """The words, and those of what they name in the same file, and so on."""
    seen, open_words = set(words), list(words)
    while open_words:
        for word in known.get(open_words.pop(), ()):
            if word not in seen:
                seen.add(word)
                open_words.append(word)
    return seen
