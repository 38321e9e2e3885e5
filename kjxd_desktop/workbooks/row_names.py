"""Which indicator, component or task a row of a table is about: by its code, else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kjxd_desktop.domain.figures.quantity import fold_digits
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.wording.sending.form_rows import part_rows
from kjxd_desktop.workbooks.header_words import bare, folded

_NUMBERING = re.compile(r"(?:\d+(?:[-—.]\d+)*|[一二三四五六七八九十]+)[.、:)]*(?=\D)")


@dataclass(frozen=True, slots=True)
class Name:
    """What a row is about: an indicator's value or one of its parts, or a task."""

    subject: str
    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Codes and names of one plan's rows.

    Attributes:
        codes: By folded code; components stand for the field they fill.
        names: By folded name; a name that two rows share is not in it.
        parts: Names of numerators and denominators by indicator code.
        numbers: Tasks by the number shown to people, such as ``2-7``.
    """

    codes: Mapping[str, Name]
    names: Mapping[str, Name]
    parts: Mapping[str, Mapping[str, Name]] = field(default_factory=dict)
    numbers: Mapping[str, Name] = field(default_factory=dict)

    def by_code(self, text: str) -> Name | None:
        """The row of a code, in any width and case."""
        return self.codes.get(code_text(text))

    def by_name(self, text: str, above: Name | None) -> Name | None:
        """The row of a name; numerators and denominators belong to the indicator above them."""
        candidates = (folded(text), bare(text), _NUMBERING.sub("", folded(text), count=1))
        for candidate in (item for item in candidates if item):
            if above is not None and candidate in self.parts.get(above.code, {}):
                return self.parts[above.code][candidate]
            if candidate in self.names:
                return self.names[candidate]
        return None

    def by_number(self, text: str) -> Name | None:
        """The task of a number such as ``2-7``."""
        return self.numbers.get(fold_digits(text).replace("—", "-"))


def code_text(text: str) -> str:
    """A code as it is compared: ASCII digits, upper case, no white space."""
    return "".join(fold_digits(text).upper().split())


def indicator_rows(plan: Plan) -> KnownRows:
    """The rows of the indicator table."""
    codes: dict[str, Name] = {}
    names: dict[str, list[Name]] = {}
    parts: dict[str, dict[str, Name]] = {}
    for indicator in plan.indicators:
        name = Name("entry", indicator.code, "value")
        codes[code_text(indicator.code)] = name
        for text in {folded(word) for word in (indicator.name, *indicator.aliases)}:
            names.setdefault(text, []).append(name)
        own = parts.setdefault(indicator.code, {})
        for code, part_field, title, _ in part_rows(indicator):
            part = Name("entry", indicator.code, part_field)
            codes[code_text(code)] = part
            word, _, plain = folded(title).partition(":")
            for text in (folded(title), plain, word):
                own[text] = part
    return KnownRows(codes, _unique(names), parts)


def task_rows(plan: Plan) -> KnownRows:
    """The rows of the task table."""
    codes: dict[str, Name] = {}
    names: dict[str, list[Name]] = {}
    numbers: dict[str, list[Name]] = {}
    for task in plan.reported_tasks:
        name = Name("progress", task.code)
        codes[code_text(task.code)] = name
        for text in {folded(task.text), folded(task.title)}:
            names.setdefault(text, []).append(name)
        numbers.setdefault(fold_digits(task.no), []).append(name)
    return KnownRows(codes, _unique(names), {}, _unique(numbers))


def _unique(names: Mapping[str, list[Name]]) -> dict[str, Name]:
    return {text: found[0] for text, found in names.items() if text and len(found) == 1}
