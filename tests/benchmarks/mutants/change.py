"""One small mistake: where it goes in a file's text, and what it is in words."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of source and what stands there instead.

    Attributes:
        node: What is replaced; its place in the text comes from the parser.
        text: The new text.
        words: What was done, for people.
    """

    node: ast.expr | ast.stmt
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change in a file.

    Attributes:
        path: Below the root, with slashes.
        text: The file as it is.
        change: What is to become of it.
        lines: First and last line of the statement, or of its head, that the change is part of.
        names: Where the line runs when the module is imported: what it gives a name to; else empty.
        inside: The function it stands in; empty outside of functions.
    """

    path: str
    text: Text
    change: Change
    lines: tuple[int, int]
    names: frozenset[str] = frozenset()
    inside: str = ""

    @property
    def line(self) -> int:
        """First line of what is changed, from 1."""
        return self.change.node.lineno

    @property
    def source(self) -> str:
        """The whole changed file."""
        return self.text.changed(self.change)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change.words}"


def instead(node: ast.expr, new: ast.expr, words: str) -> Change:
    """An expression in the place of another, in brackets so that it stays one."""
    return Change(node, f"({ast.unparse(new)})", words)


def shown(node: ast.AST, most: int = 48) -> str:
    """An expression in a few characters."""
    text = " ".join(ast.unparse(node).split())
    return f"`{text}`" if len(text) <= most else f"`{text[: most - 1]}…`"


class Text:
    """A file's text, in which the parser's places (lines, and bytes in a line) are found."""

    def __init__(self, source: str) -> None:
        self._bytes = source.encode()
        lengths = (len(line) for line in self._bytes.split(b"\n"))
        self._starts = [0, *accumulate(length + 1 for length in lengths)]

    def changed(self, change: Change) -> str:
        """The text with the change."""
        node = change.node
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        return (self._bytes[:start] + change.text.encode() + self._bytes[end:]).decode()
