"""Opening the workspace a command names and finding the return it means."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office, open_office, reading_office
from kjxd_desktop.cli.who import sign_in
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import unit_of
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.wording.filling.notes import note_sentence


@contextmanager
def writing_office(options: Namespace, *, ask: bool = True) -> Iterator[Office]:
    """The workspace opened for writing by the person the options name.

    Every command that writes opens its workspace here.

    Args:
        ask: False for who forgot his password and has the recovery code instead.
    """
    with open_office(options.workspace) as office:
        _tell_clock(office)
        if ask:
            sign_in(office, options)
        yield office


@contextmanager
def writing(options: Namespace) -> Iterator[tuple[Office, ReturnKey]]:
    """The workspace opened for writing, and the return the options name."""
    with writing_office(options) as office:
        yield office, key_of(office, options)


@contextmanager
def reading(options: Namespace) -> Iterator[tuple[Office, ReturnKey]]:
    """The workspace opened for reading only, and the return the options name."""
    with looking_office(options.workspace) as office:
        yield office, key_of(office, options)


@contextmanager
def looking_office(path: Path) -> Iterator[Office]:
    """The workspace opened for reading only, also while a window writes it.

    Every command that only reads opens its workspace here.
    """
    with reading_office(path) as office:
        _tell_clock(office)
        yield office


def _tell_clock(office: Office) -> None:
    """Say that the computer's clock lies behind history; a damaged history says itself what is wrong with it."""
    with suppress(WorkspaceFault):
        tell(office.actions.desk.clock_notes())


def key_of(office: Office, options: Namespace) -> ReturnKey:
    """The return the options name: their plan, period and unit, else what the desk would open.

    Raises:
        CallError: ``period_unreadable``, ``period_outside_plan`` or ``unknown_unit``.
    """
    choose = office.actions.desk
    if getattr(options, "plan", None):
        choose.choose_plan(options.plan)
    if getattr(options, "period", None) is not None:
        choose.choose_period(Period.parse(options.period))
    desk = choose.desk()
    unit = unit_of(desk.plan, options.unit) if getattr(options, "unit", None) else desk.unit
    return ReturnKey(desk.plan.id, unit.code, desk.period)


def tell(notes: Notes) -> None:
    """Print what the person must know of a write, on stderr."""
    for code, params in notes:
        print(note_sentence(code, params), file=sys.stderr)
