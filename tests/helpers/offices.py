"""Real workspaces on real files for tests, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office, new_office, open_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role

PLAN = "baiyin-2022"
COUNTY = "620422"
CITY = "620400"
PERIOD = Period(2024, 3)
KEY = ReturnKey(PLAN, COUNTY, PERIOD)
TODAY = datetime.fromisoformat("2024-10-08T10:21:00+08:00")

# One plausible return: the fourteen values a county fills, as typed.
FOURTEEN = {
    "I03": "71.9",
    "I04": "0.69",
    "I05": "0.83",
    "I06": "0.61",
    "I07": "30.8",
    "I08": "8.02",
    "I09": "0.78",
    "I10": "9.02",
    "I11": "0.42",
    "I12": "1.50",
    "I13": "12",
    "I14": "8",
    "I15": "15",
    "I16": "0",
}


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that always says the same."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment


@contextmanager
def county_office(folder: Path, name: str = "county.kjxd") -> Iterator[Office]:
    """A new county workspace of 会宁县."""
    with new_office(folder / name, Role.COUNTY, COUNTY, PLAN, FixedClock()) as office:
        yield office


@contextmanager
def city_office(folder: Path, name: str = "city.kjxd") -> Iterator[Office]:
    """A new city workspace of 白银市."""
    with new_office(folder / name, Role.CITY, CITY, PLAN, FixedClock()) as office:
        yield office


@contextmanager
def again(office_path: Path) -> Iterator[Office]:
    """A workspace made before, opened for writing."""
    with open_office(office_path, FixedClock()) as office:
        yield office


def fill_all(office: Office, key: ReturnKey = KEY) -> None:
    """Fill the fourteen values; annual ones that stand from an earlier return are filled already."""
    for code, text in FOURTEEN.items():
        row = office.actions.fill.row(key, code)
        if not (row.entry.carried and row.answered):
            office.actions.fill.edit(key, code, TextEdit(text))


def fill_clean(office: Office, key: ReturnKey = KEY) -> None:
    """Fill the fourteen values and answer every question of the checks."""
    fill_all(office, key)
    answer_all(office, key)


def answer_all(office: Office, key: ReturnKey = KEY) -> None:
    """Answer every question of the checks."""
    for finding in office.actions.check.check(key).findings:
        if finding.blocks:
            office.actions.fill.explain(key, finding.code, finding.rule, "经核对无误。")


def put_operators(office: Office, **roles: OperatorRole) -> None:
    """Name the office's people: the name, and what he is."""
    with office.store.writing("test", None) as uow:
        for name, role in roles.items():
            uow.people.put(Operator(name, role), "")


def sign_in(office: Office, name: str) -> None:
    """Go on as one of them."""
    people = office.store.rights().operators
    office.store.sign_in(next(item for item in people if item.name == name))
