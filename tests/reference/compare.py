"""Asks the program the same question and lists what it answers otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kjxd_desktop.cli.to_json import monitor_json, show_json
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Adjustment, Bands, Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.rows import entry_row
from kjxd_desktop.usecases.filling.shown import ReturnShown
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.monitoring import monitor
from kjxd_desktop.usecases.monitoring.shown import MonitorShown
from kjxd_desktop.usecases.ports import Role
from tests.reference.case import CITY, COUNTY, OTHER_COUNTY, Case, Frame
from tests.reference.figures import rounded
from tests.reference.model import Answer, answer

PLACES = 4
ABSENT = "(no such key)"
UNITS = (
    Unit(CITY, "白银市", Level.CITY, reports=True, office="白银市科技局"),
    Unit(COUNTY, "会宁县", Level.COUNTY, reports=True, office="会宁县科技局"),
    Unit(OTHER_COUNTY, "平川区", Level.COUNTY, reports=True, office="平川区科技局"),
)
Told = dict[str, Any]


@dataclass(frozen=True)
class Disagreement:
    """One field that the program answers otherwise."""

    field: str
    reference: Any
    program: Any
    case: Case

    @property
    def kind(self) -> str:
        """What disagreements are counted by; lights by both their words."""
        if self.program == ABSENT:
            return f"{self.field}: {ABSENT}"
        if self.field in ("light", "known", "measured_against", "year", "status", "carried"):
            return f"{self.field}: {self.reference} ≠ {self.program}"
        if (self.reference is None) != (self.program is None):
            return f"{self.field}: {_some(self.reference)} ≠ {_some(self.program)}"
        return f"{self.field}: other number"


def _some(value: Any) -> str:
    return "none" if value is None else "some"


def disagreements(case: Case) -> list[Disagreement]:
    """Everything of one case that the program, asked in memory, answers otherwise."""
    return differing(case, by_program(case))


def differing(case: Case, told: Told) -> list[Disagreement]:
    """Everything in which an answer of the program differs from the reference's."""
    return [
        Disagreement(name, value, told.get(name, ABSENT), case)
        for name, value in by_reference(case).items()
        if name not in BESIDE or name in told
        if told.get(name, ABSENT) != value
    ]


# -- the reference's answer, in the words of cli-json.md


def by_reference(case: Case) -> Told:
    """What ``monitor`` and ``show`` should answer."""
    found = answer(case)
    entry = found.figure.entry
    told = {
        "value": _kept(entry.value),
        "status": entry.status.value,
        "measured_against": found.measured_against,
        "light": found.light,
        "known": found.known_light,
        "year": found.year,
        **{name: _places(getattr(found, name)) for name in FRACTIONS},
        "change.previous": _places(found.change_previous),
        "change.last_year": _places(found.change_last_year),
        **_outlook(case, found),
        "carried": found.figure.carried,
        "filled": found.figure.filled,
        "previous": found.previous,
        "last_year": found.last_year,
    }
    if found.figure.carried:
        told["data_year"] = found.figure.year
    return told


# What cli-json.md does not name of these answers, or one of the two ways of asking cannot tell.
BESIDE = ("filled", "known")
FRACTIONS = (
    "path",
    "expected_path",
    "binding_path",
    "completion",
    "completion_expected",
    "progress",
)
OUTLOOK = ("year", "points", "value", "low", "high")


def _outlook(case: Case, found: Answer) -> Told:
    outlook = found.forecast
    if outlook is None:
        return {f"forecast.{name}": None for name in OUTLOOK}
    shown = {
        name: rounded(getattr(outlook, name), case.indicator.decimals) for name in ("value", "low", "high")
    }
    return {
        "forecast.year": outlook.year,
        "forecast.points": outlook.points,
        **{f"forecast.{name}": value for name, value in shown.items()},
    }


def _kept(value: Decimal | None) -> str | None:
    """ "Decimals are strings exactly as kept"."""
    return None if value is None else format(value, "f")


def _places(value: Fraction | None) -> str | None:
    """ "ratios are fractions as strings (`"0.8333"`, four places)"."""
    if value is None:
        return None
    shown = rounded(value, PLACES) * 10**PLACES
    digits = f"{abs(shown.numerator):0{PLACES + 1}d}"
    return f"{'-' if shown < 0 else ''}{digits[:-PLACES]}.{digits[-PLACES:]}"


# -- the program's answer


def by_program(case: Case) -> Told:
    """What ``monitor`` and ``show`` do answer."""
    view = view_of(case)
    indicator = view.plan.indicators[0]
    shown = MonitorShown(view.plan, view.unit, case.period, (monitor._row(view, indicator),), ())
    (row,) = monitor_json(shown)["indicators"]
    (line,) = show_json(ReturnShown(view.head, view.plan, (entry_row(view, indicator),), ()))["entries"]
    return told_of(row, line)


def told_of(row: Told, line: Told) -> Told:
    """A row of ``monitor`` and the same indicator's of ``show`` as one."""
    forecast = row["forecast"] or {}
    told = {key: value for key, value in row.items() if key not in ("code", "change", "forecast")}
    told |= {f"change.{name}": row["change"][name] for name in ("previous", "last_year")}
    told |= {f"forecast.{name}": forecast.get(name) for name in ("year", "points")}
    told |= {f"forecast.{name}": _exact(forecast.get(name)) for name in ("value", "low", "high")}
    told |= {name: line[name] for name in ("carried", "data_year") if name in line}
    told |= {name: _exact(line[name]) for name in ("previous", "last_year")}
    return told


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def view_of(case: Case) -> ReturnView:
    """The case as the program holds it in memory."""
    plans = [plan_of(case, number) for number in range(len(case.revisions))]
    governing = case.revisions.index(case.revision)
    plan = plans[governing]
    unit = next(item for item in UNITS if item.code == case.unit)
    past = tuple(
        (later.since, plans[number])
        for number, later in enumerate(case.revisions[1 : governing + 1])
        if later.since
    )
    code = case.indicator.code
    return ReturnView(
        head=Return(ReturnKey(plan.id, unit.code, case.period), plan.revision, state_of(case.frame)),
        plan=plan,
        unit=unit,
        role=Role.CITY if case.city else Role.COUNTY,
        duty=Duty(plan, unit),
        series={code: tuple(sorted(case.series.items()))},
        targets={code: case.own_targets} if case.own_targets else {},
        baselines={code: case.own_baseline} if case.own_baseline else {},
        explanations=(),
        past=past,
        achieved={code: case.achieved} if case.achieved else {},
    )


def state_of(frame: Frame) -> ReturnState:
    """The state of the return that is asked about."""
    return ReturnState.SUBMITTED if frame.sent else ReturnState.DRAFT


def plan_of(case: Case, number: int) -> Plan:
    """One revision of the plan, which has nothing but the indicator."""
    return plan_with(case.frame, number, (case.revisions[number].indicator,))


def plan_with(frame: Frame, number: int, indicators: tuple[Indicator, ...]) -> Plan:
    """One revision of a plan of these indicators."""
    since = frame.since[number]
    return Plan(
        id="reference",
        title="某市强科技行动",
        short_title="强科技行动",
        doc_no="某政发〔2022〕1号",
        issuer="某市人民政府",
        issued="2022-01-01",
        period=frame.years,
        region=CITY,
        revision=number + 1,
        reported_list="text",
        indicators=indicators,
        tasks=(),
        units=UNITS,
        bands=Bands(*frame.bands[number]),
        adjustment=None if since is None else Adjustment(since, "目标调整", "上级调整"),
    )
