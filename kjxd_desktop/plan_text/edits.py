"""Editing a plan entry by entry: texts as a person types them become a new plan, or named mistakes.

Nothing is written here; a plan that was edited is adopted by ``RevisePlan``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kjxd_desktop.domain.figures.quantity import fold_digits, parse_number, plain_text
from kjxd_desktop.domain.plan.names import join_names, split_names
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.texts import MAX_CELL_TEXT, cell_length, kept_line, kept_text
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from kjxd_desktop.plan_text.document import plan_to_document, read_plan
from kjxd_desktop.plan_text.faults import PlanFault, entry_label
from kjxd_desktop.wording import terms

Texts = dict[str, str]
Record = dict[str, object]
Code = TypeVar("Code", bound=StrEnum)
YES, NO = "是", "否"
PART_FIELDS = ("name", "unit")
_ROLES = {"numerator": "N", "denominator": "D"}
_SEPARATORS = re.compile("[、,，;；\\s]+")


class Form(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    WHOLE = "whole"
    DECIMAL = "decimal"
    FLAG = "flag"
    NAMES = "names"
    YEARS = "years"
    DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry's form.

    Attributes:
        name: As the plan package names it; ``baseline year``, ``numerator name`` for nested ones.
        words: Of a choice, its Chinese words by code.
        fixed: Not changed once the entry exists: returns name it.
    """

    name: str
    form: Form = Form.TEXT
    words: Mapping[str, str] | None = None
    fixed: bool = False


def _words(table: Mapping[Code, str]) -> dict[str, str]:
    return {str(code): word for code, word in table.items()}


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "indicators": (
        Field("code", fixed=True),
        Field("no"),
        Field("name"),
        Field("class"),
        Field("unit"),
        Field("kind", Form.CHOICE, _words(terms.KIND)),
        Field("measure", Form.CHOICE, _words(terms.MEASURE)),
        Field("direction", Form.CHOICE, _words(terms.DIRECTION)),
        Field("decimals", Form.WHOLE),
        Field("aggregation", Form.CHOICE, _words(terms.AGGREGATION)),
        Field("numerator name"),
        Field("numerator unit"),
        Field("denominator name"),
        Field("denominator unit"),
        Field("factor", Form.DECIMAL),
        Field("share", Form.FLAG),
        Field("release_month", Form.WHOLE),
        Field("profile", Form.DECIMALS),
        Field("baseline year", Form.WHOLE),
        Field("baseline value", Form.DECIMAL),
        Field("baseline note"),
        Field("definition", Form.LONG),
        Field("source_dept"),
        Field("aliases", Form.NAMES),
    ),
    "targets": (
        Field("year", Form.WHOLE),
        Field("kind", Form.CHOICE, _words(terms.TARGET_KIND)),
        Field("op", Form.CHOICE, dict(terms.OPERATOR)),
        Field("value", Form.DECIMAL),
        Field("text"),
        Field("certainty"),
        Field("scope"),
    ),
    "tasks": (
        Field("code", fixed=True),
        Field("list", Form.CHOICE, {code: word for code, word in terms.TASK_LIST.items() if code != "box"}),
        Field("group"),
        Field("no"),
        Field("title"),
        Field("text", Form.LONG),
        Field("lead", Form.NAMES),
        Field("coop", Form.NAMES),
        Field("responsible", Form.NAMES),
        Field("deadlines", Form.YEARS),
        Field("recurrences", Form.NAMES),
    ),
    "goals": (
        Field("code", fixed=True),
        Field("text", Form.LONG),
        Field("subject"),
        Field("value"),
        Field("unit"),
        Field("year", Form.WHOLE),
        Field("every_year", Form.FLAG),
        Field("units", Form.NAMES),
        Field("repeats_indicator"),
    ),
    "rules": (
        Field("code", fixed=True),
        Field("left"),
        Field("op", Form.CHOICE, _words(terms.RULE_OPERATOR)),
        Field("right"),
        Field("grade", Form.CHOICE, _words(terms.GRADE)),
        Field("message", Form.LONG),
        Field("advice", Form.LONG),
        Field("left_missing", Form.CHOICE, _words(terms.MISSING_FIGURES)),
        Field("right_missing", Form.CHOICE, _words(terms.MISSING_FIGURES)),
    ),
    "units": (
        Field("code", fixed=True),
        Field("name"),
        Field("office"),
        Field("aliases", Form.NAMES),
        Field("level", Form.CHOICE, _words(terms.LEVEL)),
        Field("inside"),
        Field("reports", Form.FLAG),
        Field("since"),
    ),
}


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit makes.

    Attributes:
        plan: None when the entry has mistakes.
        faults: Of this entry, and of others that the edit breaks.
    """

    plan: Plan | None
    faults: tuple[PlanFault, ...] = ()


def texts_of(plan: Plan, table: str, code: str) -> Texts:
    """The fields of an entry as a person types them; all empty for a new one (empty code)."""
    record = next((item for item in _table(plan_to_document(plan), table) if item["code"] == code), {})
    flat = {**record, **_nested(record)}
    return {field.name: _shown(field, flat.get(field.name)) for field in FIELDS[table]}


def target_texts(plan: Plan, code: str) -> tuple[Texts, ...]:
    """The plan's own targets of an indicator, one line each."""
    record = next((item for item in _table(plan_to_document(plan), "indicators") if item["code"] == code), {})
    targets = record.get("targets", [])
    assert isinstance(targets, list)
    return tuple(
        {field.name: _shown(field, item.get(field.name)) for field in FIELDS["targets"]} for item in targets
    )


def put_entry(
    plan: Plan, table: str, code: str, texts: Texts, targets: Sequence[Texts] | None = None
) -> Edited:
    """The plan with an entry changed, or added when the code is empty.

    Args:
        code: Of the entry as it stands; empty adds one after the last.
        targets: Of an indicator, its whole list; None leaves it.
    """
    before = {str(fault) for fault in _faults(plan)}
    document = copy.deepcopy(plan_to_document(plan))
    rows = _table(document, table)
    number = next((place for place, item in enumerate(rows, start=1) if item["code"] == code), 0)
    if not number:
        rows.append({"code": kept_line(texts.get("code", ""))})
        number = len(rows)
    record, faults = rows[number - 1], list[PlanFault]()
    place = (table, number, entry_label(number, texts.get("code")))
    _fill(record, FIELDS[table], texts, place, "", faults)
    if table == "indicators":
        _fill_parts(record, texts)
        if targets is not None:
            record["targets"] = _targets(targets, _list(record, "targets"), place, faults)
    if faults:
        return Edited(None, tuple(faults))
    return _read(document, before)


def remove_entry(plan: Plan, table: str, code: str) -> Edited:
    """The plan without an entry; refused with what still refers to it."""
    before = {str(fault) for fault in _faults(plan)}
    document = copy.deepcopy(plan_to_document(plan))
    document[table] = [item for item in _table(document, table) if item["code"] != code]
    return _read(document, before)


def free_code(plan: Plan, table: str) -> str:
    """A code nobody has yet, such as ``I17``; of units one that is no area's."""
    letter = {"indicators": "I", "tasks": "T", "goals": "G", "rules": "R", "units": "U"}[table]
    taken = {str(item["code"]) for item in _table(plan_to_document(plan), table)}
    numbers = (f"{letter}{number:02d}" for number in range(1, 10_000))
    return next(code for code in numbers if code not in taken)


def _read(document: Record, before: set[str]) -> Edited:
    """The plan of an edited document; mistakes that were there before do not stand in the way."""
    plan, shape = read_plan(document)
    found = (*shape, *(() if shape else _faults(plan)))
    new = tuple(fault for fault in found if str(fault) not in before)
    return Edited(None if new else plan, new)


def _faults(plan: Plan) -> tuple[PlanFault, ...]:
    return (*consistency_faults(plan), *unknown_names(plan))


def _fill(
    record: Record,
    fields: Sequence[Field],
    texts: Texts,
    place: tuple[str, int, str],
    prefix: str,
    faults: list[PlanFault],
) -> None:
    """Put typed texts into a record of plain values."""
    baseline: Record = {}
    for field in fields:
        if field.name not in texts or field.name.startswith(("numerator ", "denominator ")):
            continue
        try:
            value = _value(field, kept_text(texts[field.name]))
        except _MistypedError as error:
            faults.append(PlanFault(*place, prefix + field.name, error.code, error.params))
            continue
        if field.name.startswith("baseline "):
            baseline[field.name.removeprefix("baseline ")] = value
        elif value is None:
            record.pop(field.name, None)
        else:
            record[field.name] = value
    if baseline:
        if baseline.get("value") is None and baseline.get("year") is None:
            record.pop("baseline", None)
        else:
            record["baseline"] = {name: value for name, value in baseline.items() if value is not None}


def _fill_parts(record: Record, texts: Texts) -> None:
    """Numerator and denominator; a part without name and unit is taken away."""
    parts = {str(part["role"]): part for part in _list(record, "components")}
    for role, letter in _ROLES.items():
        if f"{role} name" not in texts:
            continue
        words = {name: kept_line(texts[f"{role} {name}"]) for name in PART_FIELDS}
        if any(words.values()):
            old = parts.get(role, {"code": f"{record['code']}{letter}", "role": role})
            parts[role] = {**old, **words}
        else:
            parts.pop(role, None)
    record["components"] = list(parts.values())


def _targets(
    lines: Sequence[Texts], before: Sequence[Record], place: tuple[str, int, str], faults: list[PlanFault]
) -> list[Record]:
    """The typed lines; one that stood there before keeps its place in the document."""
    known = {_same(item): item for item in before}
    found: list[Record] = []
    for line in lines:
        if not any(text.strip() for text in line.values()):
            continue
        record: Record = {}
        _fill(record, FIELDS["targets"], line, place, f"targets #{len(found) + 1} ", faults)
        found.append({**record, "source": known.get(_same(record), {}).get("source", "")})
    return found


def _same(target: Record) -> tuple[object, ...]:
    return tuple(target.get(name) for name in ("year", "kind", "scope"))


class _MistypedError(ValueError):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def _value(field: Field, text: str) -> object:
    if cell_length(text) > MAX_CELL_TEXT:
        # The plan could not go out as a workbook any more.
        raise _MistypedError("too_long", limit=str(MAX_CELL_TEXT), count=str(cell_length(text)))
    if not text:
        if field.form in (Form.NAMES, Form.YEARS, Form.DECIMALS):
            return []
        return None if _optional(field) else ""
    match field.form:
        case Form.CHOICE:
            return _choice(field, text)
        case Form.WHOLE:
            return _whole(text)
        case Form.DECIMAL:
            return _decimal(text)
        case Form.FLAG:
            return text == YES
        case Form.NAMES:
            return list(split_names(text))
        case Form.YEARS:
            return [_whole(year) for year in _SEPARATORS.split(text) if year]
        case Form.DECIMALS:
            return [_decimal(share.rstrip("%％")) for share in _SEPARATORS.split(text) if share]
    return text


def _optional(field: Field) -> bool:
    """Fields that say nothing when they are empty; the others stay as empty text and are asked for."""
    return field.form is not Form.TEXT or field.name in (
        "inside",
        "since",
        "certainty",
        "scope",
        "text",
        "repeats_indicator",
        "baseline note",
    )


def _choice(field: Field, text: str) -> str:
    words = field.words or {}
    for code, word in words.items():
        if text in (code, word):
            return code
    raise _MistypedError("not_a_choice", text=text[:20], choices=", ".join(words))


def _decimal(text: str) -> str:
    try:
        return plain_text(parse_number(text))
    except ProblemError as error:
        raise _MistypedError("not_decimal", text=text[:20]) from error


def _whole(text: str) -> int:
    digits = fold_digits(text).removesuffix("年").removesuffix("月")
    if not re.fullmatch("[0-9]{1,9}", digits):
        raise _MistypedError("not_whole", kind="text")
    return int(digits)


def _shown(field: Field, value: object) -> str:
    if value is None:
        return ""
    if field.form is Form.FLAG:
        return YES if value else NO
    if isinstance(value, list):
        return join_names(str(item) for item in value)
    return (field.words or {}).get(str(value), str(value))


def _nested(record: Record) -> Record:
    flat: Record = {}
    baseline = record.get("baseline")
    if isinstance(baseline, dict):
        flat.update({f"baseline {name}": value for name, value in baseline.items()})
    for part in _list(record, "components"):
        flat.update({f"{part['role']} {name}": part[name] for name in PART_FIELDS})
    return flat


def _table(document: Record, table: str) -> list[Record]:
    # Tables that came later are left out of a document that has nothing in them.
    rows = document.setdefault(table, [])
    assert isinstance(rows, list)
    return rows


def _list(record: Record, name: str) -> list[Record]:
    found = record.get(name, [])
    assert isinstance(found, list)
    return found
