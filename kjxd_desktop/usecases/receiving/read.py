"""What the cells of one row of a file were taken for: canonical texts, or problems for a person.

``domain.figures.reading.read_cell`` interprets value texts; this file joins the cells of an indicator or task.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kjxd_desktop.domain.figures.measure_units import same_unit
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import (
    decimals_of,
    fold_digits,
    is_number,
    plain_text,
    ratio_value,
    round_half_up,
)
from kjxd_desktop.domain.figures.reading import Reading, read_cell
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Component, Indicator, Kind
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.entry import MAX_NOTE, REMARKS
from kjxd_desktop.domain.returns.form_texts import YES
from kjxd_desktop.domain.returns.ratios import computed_value
from kjxd_desktop.domain.texts import kept_text, left_out
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.data_years import YearDoubt, written_year, year_doubt
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.wording.terms import ENTRY_STATUS

Params = tuple[tuple[str, str], ...]

_NO_VALUE = frozenset({EntryStatus.NOT_APPLICABLE.value, EntryStatus.NOT_PUBLISHED.value})
_ESTIMATE_YES = frozenset({"是", "预计", "预计数", "估", "√", "✓", "1"})
_ESTIMATE_NO = frozenset({"", "否", "不是", "—", "-", "/", "×", "0"})


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One field as the file has it.

    Attributes:
        field: Field name, see ``form_texts``.
        text: Canonical text; empty for an empty cell, and where there is a problem.
        raw: What stands in the cell.
        sheet, cell: Where, A1 notation; empty when it follows from another cell.
        exact: The text is the sender's own, digit for digit.
        reason: How it was read, when a person should know; or why it was not (``problem``).
        problem: It was not taken.
        suggested: What a person may take with one word despite the problem (a converted unit).
        sent: The text as the sender's program kept it, which its digest covers, where it is not ``text``: an
            older release kept what is not kept any more, or what is for a person now.
    """

    field: str
    text: str
    raw: str = ""
    sheet: str = ""
    cell: str = ""
    exact: bool = False
    reason: Reason | None = None
    problem: bool = False
    suggested: str = ""
    params: Params = ()
    sent: str | None = None

    @property
    def said(self) -> str:
        """What the digest of the sender's submission covers."""
        return self.text if self.sent is None else self.sent


@dataclass(frozen=True, slots=True)
class ValueRead:
    """What a value cell says: the value itself and what was written beside the number."""

    value: FieldRead
    estimated: bool = False
    mark: str = ""


Cells = Mapping[str, FileCell]
Fields = dict[str, FieldRead]


def read_entry(
    indicator: Indicator, cells: Cells, period: Period, baseline_year: int | None = None
) -> Fields:
    """The fields of an indicator's row that the file holds. Absent columns say nothing.

    Args:
        baseline_year: Before which a data year is asked about.
    """
    found: Fields = {}
    for name in ("numerator", "denominator"):
        component = next((part for part in indicator.components if part.role.value == name), None)
        if component is not None and name in cells:
            found[name] = read_component_cell(component, cells[name])
    read = ValueRead(FieldRead("value", ""))
    if "value" in cells:
        read = read_value_cell(indicator, cells["value"])
        found["value"] = _from_components(indicator, read.value, cells["value"], found)
        found.update(_estimate(indicator, cells.get("estimate"), read, found["value"]))
    found.update(_note(cells, read.mark))
    for item in REMARKS:
        if item.name in cells and item.name not in found:
            found[item.name] = read_text_cell(item.name, cells[item.name], item.limit or 0)
    carried = "carried" in cells and cells["carried"].text == YES
    dated = cells.get("data_year")
    found.update(_data_year(indicator, dated, found.get("value"), period, baseline_year, carried))
    found.update(_contradicting(indicator, found))
    if "value" in found:
        found["computed"] = _computed(indicator, cells, found)
        found["carried"] = _carried(cells, found)
    return found


def _contradicting(indicator: Indicator, found: Fields) -> Fields:
    """What stands in the row beside a word that says "no value" and leaves no room for it.

    What the sender's own program kept so is taken as it kept it.
    """
    value = found.get("value")
    if value is None or value.problem or value.text not in _NO_VALUE:
        return {}
    told = {"status": ENTRY_STATUS[EntryStatus(value.text)]}
    wrong: Fields = {}
    for name in ("numerator", "denominator", "data_year", "estimate"):
        field = found.get(name)
        if field is None or field.problem or field.exact or not field.text:
            continue
        if name == "estimate":
            wrong[name] = _problem(field, Reason.NO_NUMBER_TO_ESTIMATE, name=indicator.name)
        else:
            wrong[name] = replace(_problem(field, Reason.CONTRADICTS, text=field.raw[:20], **told), text="")
    return wrong


def _other_unit(cell: FileCell, unit: str) -> bool:
    """Whether the row says that its figures are in another unit than the plan's."""
    written = "".join(cell.unit.split())
    return bool(cell.text.strip() and written) and not same_unit(written, unit)


def _measured_otherwise(place: FieldRead, cell: FileCell, unit: str) -> FieldRead:
    return _problem(place, Reason.UNIT_DIFFERS, text=cell.text[:20], written=cell.unit, unit=unit)


def read_value_cell(indicator: Indicator, cell: FileCell) -> ValueRead:
    """The value cell alone."""
    place = _place("value", cell)
    if _unreadable(cell):
        return ValueRead(_doubt(place, cell))
    reading = read_cell(cell.text, indicator.unit, indicator.code, rate=indicator.rate)
    if _other_unit(cell, indicator.unit):
        return ValueRead(_measured_otherwise(place, cell, indicator.unit))
    if reading.problem is not None:
        return ValueRead(_problem(place, Reason(reading.problem.code), **reading.problem.params))
    estimated = reading.status is EntryStatus.ESTIMATED
    return ValueRead(_number(place, reading, cell, indicator.unit), estimated, reading.note)


def read_component_cell(component: Component, cell: FileCell) -> FieldRead:
    """A numerator or denominator: a plain number or nothing."""
    place = _place(component.role.value, cell)
    if _unreadable(cell):
        return _doubt(place, cell)
    reading = read_cell(cell.text, component.unit, component.code)
    if _other_unit(cell, component.unit):
        return _measured_otherwise(place, cell, component.unit)
    if reading.problem is not None:
        return _problem(place, Reason(reading.problem.code), **reading.problem.params)
    if reading.note or reading.status not in (EntryStatus.REPORTED, EntryStatus.MISSING):
        return _problem(place, Reason.NOT_A_NUMBER, text=cell.text[:20])
    return _number(place, reading, cell, component.unit)


def read_text_cell(
    name: str, cell: FileCell, limit: int, keep: Callable[[str], str] = kept_text
) -> FieldRead:
    """A cell of free text. The sender's own text is taken where only white space differs.

    Args:
        keep: How such a text is kept, ``kept_text`` or ``kept_line``.
    """
    place = _place(name, cell)
    if cell.error:
        return _doubt(place, cell)
    exact = cell.exact
    own = (
        exact is not None
        and len(keep(exact)) <= limit
        and "".join(exact.split()) == "".join(cell.text.split())
    )
    said = exact if exact is not None and own else cell.text
    text = keep(said)
    if len(text) > limit:
        return _problem(place, Reason.TEXT_TOO_LONG, limit=str(limit), length=str(len(text)))
    read = replace(place, text=text, reason=Reason.CHARACTERS_LEFT_OUT if left_out(said) else None)
    if own:
        return replace(read, exact=True, sent=exact)
    return replace(read, reason=_after_export(cell) or read.reason)


def _place(name: str, cell: FileCell) -> FieldRead:
    return FieldRead(name, "", cell.text, cell.sheet, cell.cell)


def _problem(place: FieldRead, reason: Reason, **params: str) -> FieldRead:
    return replace(place, reason=reason, problem=True, params=tuple(sorted(params.items())))


def _unreadable(cell: FileCell) -> bool:
    """Whether there is nothing to read; a number of unknown format can still be confirmed."""
    return cell.error and cell.rule != Reason.FORMAT_UNKNOWN


def _doubt(place: FieldRead, cell: FileCell) -> FieldRead:
    """A cell that may not be taken as it stands; ``rule`` of such a cell says why."""
    return _problem(place, Reason(cell.rule) if cell.rule else Reason.ERROR_CELL, text=cell.text[:20])


def _number(place: FieldRead, reading: Reading, cell: FileCell, unit: str) -> FieldRead:
    """A reading without problem: taken, or waiting for one word where a unit or format is in doubt."""
    text = _value_text(reading)
    doubts = (
        (Reason.ESTIMATE_CONFIRM, reading.estimated_from),
        (Reason.CONVERT_CONFIRM, reading.converted_from),
    )
    for reason, written in doubts:
        if written:
            asked = _problem(place, reason, text=written, value=text, unit=unit)
            return replace(asked, suggested=text)
    settled = _settled(place, text, cell, unit)
    if cell.error and not settled.exact:
        return replace(_doubt(place, cell), suggested=text)
    return settled


def _settled(place: FieldRead, text: str, cell: FileCell, unit: str) -> FieldRead:
    """The reading of a number cell, with the sender's exact text where it says the same number."""
    if cell.exact is not None:
        exact = read_cell(cell.exact, unit)
        if exact.problem is None and _number_of(_value_text(exact)) == _number_of(text):
            return replace(place, text=_value_text(exact), exact=True)
        return replace(place, text=text, reason=Reason.CHANGED_AFTER_EXPORT)
    return replace(place, text=text, reason=Reason.FORMULA if cell.formula else None)


def _value_text(reading: Reading) -> str:
    if reading.value is not None:
        return plain_text(reading.value)
    return "" if reading.status in (None, EntryStatus.MISSING) else str(reading.status)


def _number_of(text: str) -> Decimal | str:
    """What two value texts are compared by: the number, else the word."""
    return Decimal(text) if is_number(text) else text


def _after_export(cell: FileCell) -> Reason | None:
    return None if cell.exact is None else Reason.CHANGED_AFTER_EXPORT


def _from_components(indicator: Indicator, value: FieldRead, cell: FileCell, found: Fields) -> FieldRead:
    """The ratio of both parts where the value cell leaves it to them.

    That is: empty (a form filled by hand), a formula without a stored result, or a formula whose result
    is the ratio of the parts to more decimals than the indicator has.
    """
    ratio = _ratio(indicator, found)
    if ratio is None:
        return value
    left_open = value.text == "" and not value.problem and cell.exact is None
    if left_open or value.reason is Reason.UNCACHED:
        return replace(value, text=plain_text(ratio), reason=Reason.COMPUTED, problem=False, params=())
    if (
        cell.formula
        and cell.exact is None
        and not value.problem
        and _same_ratio(indicator, value.text, found)
    ):
        return replace(value, text=plain_text(ratio), reason=Reason.COMPUTED)
    return value


def _ratio(indicator: Indicator, found: Fields) -> Decimal | None:
    parts = [found[name] for name in ("numerator", "denominator") if name in found]
    if len(parts) < 2 or any(part.problem or not part.text for part in parts):
        return None
    return computed_value(indicator, Decimal(parts[0].text), Decimal(parts[1].text))


def _same_ratio(indicator: Indicator, text: str, found: Fields) -> bool:
    value = _number_of(text)
    if not isinstance(value, Decimal):
        return False
    numerator, denominator = Decimal(found["numerator"].text), Decimal(found["denominator"].text)
    exact = ratio_value(numerator, denominator, indicator.factor)
    return round_half_up(exact, decimals_of(value)) == value


def _estimate(indicator: Indicator, cell: FileCell | None, read: ValueRead, value: FieldRead) -> Fields:
    if cell is None:
        implied = FieldRead(
            "estimate", YES, value.raw, value.sheet, value.cell, reason=Reason.ESTIMATE_IN_VALUE
        )
        return {"estimate": implied} if read.estimated else {}
    place = _place("estimate", cell)
    word = cell.text.strip()
    if word not in _ESTIMATE_YES | _ESTIMATE_NO:
        return {"estimate": _problem(place, Reason.ESTIMATE_UNREADABLE, text=word[:20])}
    marked = word in _ESTIMATE_YES
    if marked and not value.text and not value.problem:
        return {"estimate": _problem(place, Reason.NO_NUMBER_TO_ESTIMATE, name=indicator.name)}
    if read.estimated and not marked:
        return {"estimate": replace(place, text=YES, raw=value.raw, reason=Reason.ESTIMATE_IN_VALUE)}
    text = YES if marked else ""
    if cell.exact is not None and (cell.exact != "") != marked:
        return {"estimate": replace(place, text=text, reason=Reason.CHANGED_AFTER_EXPORT)}
    return {"estimate": replace(place, text=text, exact=cell.exact is not None)}


def _note(cells: Cells, mark: str) -> Fields:
    cell = cells.get("note")
    read = None if cell is None else read_text_cell("note", cell, MAX_NOTE)
    if not mark or (read is not None and (read.problem or mark in read.text)):
        return {} if read is None else {"note": read}
    read = read or FieldRead("note", "", sheet=cells["value"].sheet, cell=cells["value"].cell)
    text = f"{read.text} {mark}".strip()
    return {"note": replace(read, text=text, exact=False, sent=None, reason=Reason.MARK_BESIDE_VALUE)}


def _data_year(
    indicator: Indicator,
    cell: FileCell | None,
    value: FieldRead | None,
    period: Period,
    baseline_year: int | None,
    carried: bool,
) -> Fields:
    place = FieldRead("data_year", "") if cell is None else _place("data_year", cell)
    written = "" if cell is None else fold_digits(cell.text)
    if cell is not None and cell.error:
        return {"data_year": _doubt(place, cell)}
    if cell is not None and written:
        year = written_year(written)
        if year is None:
            return {"data_year": _problem(place, Reason.YEAR_UNREADABLE, text=written[:20])}
        doubt = year_doubt(indicator, year, period, baseline_year, carried=carried and cell.exact == year)
        return {"data_year": _written_year(place, year, cell, doubt)}
    if cell is not None and cell.exact == "":
        return {"data_year": replace(place, exact=True)}
    has_number = value is not None and isinstance(_number_of(value.text or value.suggested), Decimal)
    if indicator.kind is Kind.ANNUAL and has_number:
        year = str(newest_data_year(indicator, period))
        return {
            "data_year": replace(place, text=year, reason=Reason.DATA_YEAR_ASSUMED, params=(("year", year),))
        }
    if cell is None:
        return {}
    return {"data_year": replace(place, reason=_after_export(cell))}


def _written_year(place: FieldRead, year: str, cell: FileCell, doubt: YearDoubt | None) -> FieldRead:
    """A year as written. What is wrong with it is for a person, also where the sender's own program kept it."""
    exact = cell.exact
    own = exact is not None and exact == year
    if doubt is not None:
        read = _problem(replace(place, sent=year if own else None), doubt.reason, **doubt.params)
        return replace(read, suggested=year if doubt.asked else "")
    if exact is not None and not own:
        return replace(place, text=year, reason=Reason.CHANGED_AFTER_EXPORT)
    return replace(place, text=year, exact=own)


def _carried(cells: Cells, found: Fields) -> FieldRead:
    """Whether the figure stands from an earlier return: as the sender kept it, while nobody changed it."""
    parts = ("value", "data_year", "numerator", "denominator")
    kept = "carried" in cells and all(found[name].exact for name in parts if name in found)
    return FieldRead("carried", cells["carried"].text if kept else "", exact=kept)


def _computed(indicator: Indicator, cells: Cells, found: Fields) -> FieldRead:
    """Whether the value is the ratio of its parts: as the sender kept it, else as it turned out here."""
    parts = [found[name] for name in ("value", "numerator", "denominator") if name in found]
    if "computed" in cells and all(part.exact for part in parts):
        return FieldRead("computed", cells["computed"].text, exact=True)
    if found["value"].reason is Reason.COMPUTED:
        return FieldRead("computed", YES)
    if "computed" not in cells or found["value"].problem:
        return FieldRead("computed", "")
    ratio = _ratio(indicator, found)
    same = ratio is not None and cells["computed"].text == YES and found["value"].text == plain_text(ratio)
    return FieldRead("computed", YES if same else "")
