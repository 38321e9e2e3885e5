"""Tooltips and spoken texts of the indicator grid."""

from __future__ import annotations

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.returns import EDITABLE, ReturnState
from kjxd_desktop.ui.grid.cell_texts import cell_text, check_mark, final_targets, target_text
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import ENTRY_STATUS, TARGET_KIND


def name_tip(row: EntryRow) -> str:
    """The name whole; in a narrow window it is cut."""
    return row.indicator.name


def findings_tip(row: EntryRow) -> str:
    """What the checks say, a line each; what to do about it only where it can be done."""
    said = (finding_sentence(item) for item in row.findings)
    return "\n".join(f"{sentence}{advice if row.editable else ''}" for _, sentence, advice in said)


def lock_sentence(row: EntryRow, state: ReturnState) -> str:
    """Why a cell may not be changed: a higher level fills it, the return was sent, or nobody may fill now."""
    code, name = row.indicator.code, row.indicator.name
    if row.locked:
        return problem_sentence(Problem(code, "locked_indicator", {"name": name}))
    if state in EDITABLE:
        return problem_sentence(Problem(code, "only_looking"))
    return problem_sentence(Problem(code, "not_editable", {"state": state.value}))


def value_tip(row: EntryRow) -> str:
    """Of which year the value is, whether it is an estimate, what the checks say; or who fills it."""
    if row.locked:
        source = row.indicator.source_dept
        return "由上级公布并下发，本单位不用填。" + (f"来源：{source}。" if source else "")
    lines = []
    if row.entry.data_year is not None:
        lines.append(f"{row.entry.data_year} 年的数")
    if row.entry.status is EntryStatus.ESTIMATED:
        lines.append("预计数")
    if row.findings:
        lines.append(findings_tip(row))
    return "\n".join(lines)


def targets_tip(row: EntryRow) -> str:
    """Every target with its kind and certainty; whose it is where it is not the unit's own."""
    tips = []
    for target in final_targets(row):
        if target is not None:
            unit = row.indicator.unit if target.value is not None else ""
            tail = f"（{target.certainty}）" if target.certainty else ""
            tips.append(
                f"{target.year} 年{TARGET_KIND[target.kind]} {target_text(target)} {unit}{tail}".strip()
            )
    if tips and row.standing.yardstick.against is None:
        tips.append("这是全市的目标，没有分解到本单位。")
    return "\n".join(tips)


def spoken_value(row: EntryRow) -> str:
    """The value cell for a screen reader: indicator, value, unit, state, problem."""
    parts = [row.indicator.name, "本期累计", cell_text(row)]
    if row.entry.value is not None:
        parts.append(row.indicator.unit)
    if row.entry.status is EntryStatus.ESTIMATED:
        parts.append(ENTRY_STATUS[EntryStatus.ESTIMATED])
    if row.locked:
        parts.append("上级下发，不用填")
    word = check_mark(row)[1]
    if word:
        parts.append(word)
    return " ".join(parts)
