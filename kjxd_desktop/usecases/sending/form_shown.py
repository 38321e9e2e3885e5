"""The official form as texts, for a screen: what the printed 指标 sheet says, cell for cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, Target
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.usecases.sending.form_figures import form_figures, kept_number, share_text
from kjxd_desktop.wording.sending import form
from kjxd_desktop.wording.sending.form_columns import FormColumn, indicator_form_columns
from kjxd_desktop.wording.sending.form_rows import PART_INDENT, by_class, part_rows
from kjxd_desktop.wording.terms import ENTRY_STATUS, OPERATOR, YES


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the table.

    Attributes:
        cells: Texts in the order of the columns; a class heading has one.
    """

    cells: tuple[str, ...]

    @property
    def heading(self) -> bool:
        """Whether it is the heading of a class of indicators."""
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class FormShown:
    """Everything the form shows.

    Attributes:
        marks: 表号, 制定机关, 文号 and so on: label and text.
        office: The unit that reports.
        period: ``2024年1—9月（三季度）``.
        columns: Columns of the table.
        notes: The short 说明 below the table.
        explanations: Name of the indicator and the written reason.
        counts: How much is filled in, one sentence.
        check_code: The code the return would have when sent as it stands.
        check: What the checks say of it now.
    """

    title: str
    marks: tuple[tuple[str, str], ...]
    office: str
    period: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...]
    explanations: tuple[tuple[str, str], ...]
    counts: str
    signature: Signature
    check_code: str
    check: CheckResult


def form_shown(content: ReturnContent, check: CheckResult) -> FormShown:
    """The form of a content."""
    plan, columns = content.plan, indicator_form_columns(content.plan)
    return FormShown(
        title=form.form_title(plan),
        marks=form.form_marks(plan, form.INDICATOR_FORM_NO),
        office=content.unit.office or content.unit.name,
        period=form.full_period(content.period),
        columns=columns,
        rows=tuple(_rows(content, tuple(column.key for column in columns))),
        notes=form.indicator_notes(plan, content.deadline),
        explanations=tuple(
            (indicator.name if (indicator := plan.indicator(item.code)) else item.code, item.text)
            for item in content.explanations
        ),
        counts=form.counts_text(*content.counts),
        signature=content.signature,
        check_code=content.identity.check_code,
        check=check,
    )


def _rows(content: ReturnContent, keys: tuple[str, ...]) -> Iterator[FormRow]:
    for heading, indicators in by_class(content.duty.indicators):
        yield FormRow((heading,))
        for indicator in indicators:
            texts = _texts(content, indicator)
            yield FormRow(tuple(texts.get(key, "") for key in keys))
            for part in _parts(content, indicator):
                yield FormRow(tuple(part.get(key, "") for key in keys))


def _texts(content: ReturnContent, indicator: Indicator) -> dict[str, str]:
    entry = content.entries.get(indicator.code, MISSING)
    figures = form_figures(content, indicator)
    missing = form.NOT_SPLIT if figures.not_split else form.NOTHING
    return {
        **{field.name: field.text_of(entry) for field in ENTRY_FIELDS},
        "no": indicator.no,
        "name": indicator.name,
        "unit": indicator.unit,
        "code": indicator.code,
        "last_year": _value(content.last_year.get(indicator.code, MISSING)),
        "previous": _value(content.previous.get(indicator.code, MISSING)),
        "value": _value(entry),
        "estimate": YES if entry.status is EntryStatus.ESTIMATED else "",
        "binding": _target(content, figures.binding, city_wide=figures.city_wide),
        "expected": _target(content, figures.expected, city_wide=figures.city_wide),
        "completion": missing if figures.completion is None else share_text(figures.completion),
    }


def _parts(content: ReturnContent, indicator: Indicator) -> Iterator[dict[str, str]]:
    """The rows of numerator and denominator below a ratio."""
    earlier = {"last_year": content.last_year, "previous": content.previous, "value": content.entries}
    for part in part_rows(indicator):
        texts = {"name": f"{PART_INDENT}{part.title}", "unit": part.unit, "code": part.code}
        for key, entries in earlier.items():
            number = kept_number(entries.get(indicator.code, MISSING), part.field)
            texts[key] = "" if number is None else plain_text(number)
        yield texts


def _value(entry: Entry) -> str:
    """One number as kept, or the word that stands for it."""
    if entry.value is not None:
        return plain_text(entry.value)
    return "" if entry.status is EntryStatus.MISSING else ENTRY_STATUS[entry.status]


def _target(content: ReturnContent, target: Target | None, *, city_wide: bool) -> str:
    if target is None or target.value is None:
        return form.NOTHING if target is None else target.text or form.NOTHING
    sign = "" if target.op == ">=" else OPERATOR[target.op]
    whole = form.CITY_WIDE if city_wide else ""
    year = "" if target.year == content.plan.period[1] else f"（{target.year}年）"
    return f"{sign}{plain_text(target.value)}{whole}{year}"
