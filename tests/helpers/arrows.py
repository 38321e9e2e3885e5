"""Which files of a package import which, read from their text: nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


def modules_of(package: Path) -> dict[str, Path]:
    """Every file of a package by its dotted name; ``a/b/__init__.py`` is ``a.b``."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def arrows_of(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    """The modules that each one names in an import, wherever it stands: on top, in a function, for types only.

    That a module's packages are loaded before it is no arrow.
    """
    return {
        name: {target for target in _named(path, name, modules) if target != name}
        for name, path in modules.items()
    }


def _named(path: Path, name: str, modules: Mapping[str, Path]) -> Iterator[str]:
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                source = ".".join([*above, source] if source else above)
            for alias in node.names:
                # What is taken from a package is a module of it, or stands in its ``__init__``.
                target = f"{source}.{alias.name}"
                if target in modules:
                    yield target
                elif source in modules:
                    yield source


def circle_of(arrows: Mapping[str, set[str]]) -> list[str]:
    """A way along the arrows that comes back to where it began, if there is one; else nothing."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        way: list[str] = error.args[1]
        return way[::-1]
    return []
