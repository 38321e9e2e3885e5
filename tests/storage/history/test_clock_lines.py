"""A clock set back: what is written then is marked, and everything that reads history reads on."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, new_office, open_office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.clock import TOLERANCE, with_zone
from kjxd_desktop.paths import DATA_VARIABLE, migrations_dir
from kjxd_desktop.storage.history.line import CLOCK
from kjxd_desktop.storage.opening import made_store
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import HistoryLine, LineFilter, Role
from tests.helpers.clocks import AHEAD, DEAD_BATTERY, Watch
from tests.helpers.offices import COUNTY, KEY, PLAN, TODAY, answer_all, fill_all

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def office(tmp_path: Path, watch: Watch) -> Iterator[Office]:
    with new_office(tmp_path / "county.kjxd", Role.COUNTY, COUNTY, PLAN, watch) as opened:
        fill_all(opened)
        answer_all(opened)
        yield opened


def lines(office: Office) -> list[HistoryLine]:
    """Oldest first."""
    with office.store.reading() as uow:
        return [*reversed(uow.history.lines(LineFilter()))]


def unmarked(office: Office) -> list[int]:
    """Numbers of lines with a time before that of the line before, without a line that says so."""
    found = lines(office)
    return [
        after.line
        for before, after in itertools.pairwise(found)
        if with_zone(after.at) < with_zone(before.at) and after.what != CLOCK
    ]


def steps(office: Office) -> list[HistoryLine]:
    return [line for line in lines(office) if line.what == CLOCK]


def type_at(office: Office, watch: Watch, moment, text: str) -> HistoryLine:  # type: ignore[no-untyped-def]
    watch.moment = moment
    office.actions.fill.edit(KEY, "I13", TextEdit(text))
    return lines(office)[-1]


def test_the_first_line_after_a_step_back_is_told_of_before_it(office: Office, watch: Watch) -> None:
    assert steps(office) == []
    line = type_at(office, watch, DEAD_BATTERY, "13")
    (step,) = steps(office)
    assert (step.line, step.at, line.at) == (line.line - 1, DEAD_BATTERY, DEAD_BATTERY)
    assert TODAY.isoformat() in (step.new or "")
    assert unmarked(office) == [] and office.store.verify().ok


def test_a_small_correction_bothers_nobody_and_nothing_goes_back(office: Office, watch: Watch) -> None:
    for number, back in enumerate((SECOND, TOLERANCE, TOLERANCE - SECOND)):
        assert type_at(office, watch, TODAY - back, f"2{number}").at == TODAY
    assert steps(office) == [] and unmarked(office) == []
    type_at(office, watch, TODAY - TOLERANCE - SECOND, "30")
    assert len(steps(office)) == 1 and unmarked(office) == []


def test_a_battery_that_dies_every_night_is_told_every_morning(office: Office, watch: Watch) -> None:
    for morning in range(3):
        type_at(office, watch, DEAD_BATTERY, f"4{morning}")
        type_at(office, watch, DEAD_BATTERY + timedelta(hours=5), f"5{morning}")
    assert len(steps(office)) == 3
    assert all(TODAY.isoformat() in (step.new or "") for step in steps(office))
    assert unmarked(office) == []


def test_a_clock_that_was_ahead_is_marked_when_it_is_put_right(office: Office, watch: Watch) -> None:
    type_at(office, watch, AHEAD, "13")
    assert steps(office) == []
    type_at(office, watch, TODAY + DAY, "14")
    assert len(steps(office)) == 1 and unmarked(office) == [] and office.store.verify().ok


def test_it_is_told_while_it_is_so(office: Office, watch: Watch) -> None:
    told = office.actions.desk.clock_notes
    assert told() == ()
    watch.moment = DEAD_BATTERY
    ((code, params),) = told()
    assert (code, dict(params)["newest"]) == ("clock_behind", TODAY.isoformat())
    type_at(office, watch, DEAD_BATTERY, "13")
    watch.moment = DEAD_BATTERY + DAY
    assert told() != () and office.actions.desk.desk().clock_behind == TODAY
    watch.moment = TODAY + SECOND
    assert told() == () and office.actions.desk.desk().clock_behind is None


@pytest.mark.parametrize("sign", [True, False])
def test_a_return_is_not_dated_before_its_figures(
    office: Office, watch: Watch, tmp_path: Path, sign: bool
) -> None:
    watch.moment = DEAD_BATTERY
    if sign:
        signature = office.actions.fill.sheet(KEY).head.signature
        office.actions.sign_off.sign_off(KEY, signature.__class__(head="张建平", filled_by="王芳"))
    office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    head = office.actions.fill.sheet(KEY).head
    assert head.submitted_at is not None and head.submitted_at >= TODAY - TOLERANCE
    assert head.signature.date == (TODAY.date().isoformat() if sign else "")
    assert len(steps(office)) == 1


def backed_up(office: Office) -> Path:
    return office.actions.keep.backup().path


@pytest.mark.parametrize(
    "after", [lambda path: path.write_bytes(path.read_bytes()[:-4096]), lambda path: None]
)
def test_a_restore_and_a_rebuilding_read_over_it(
    office: Office, watch: Watch, after: Callable[[Path], object]
) -> None:
    """Also of a damaged file: what came after the backup comes back line by line, the step with it."""
    backup = backed_up(office)
    type_at(office, watch, DEAD_BATTERY, "13")
    path = office.store.path
    office.close()
    after(path)
    from kjxd_desktop.bootstrap.actions import vault_of

    restored = vault_of(path, watch).restore(backup)
    with reading_office(path, watch) as reopened:
        assert reopened.store.verify().ok
        assert lines(reopened)[-1].what == "restore"
        assert unmarked(reopened) == []
        brought_back = str(reopened.actions.fill.row(KEY, "I13").entry.value) == "13"
    # Where the figure's line stood on the page that is gone, it is named.
    assert brought_back is (bool(restored.lines) and not restored.lost)


def test_a_step_that_cannot_be_read_is_damage(office: Office, watch: Watch) -> None:
    type_at(office, watch, DEAD_BATTERY, "13")
    path = office.store.path
    office.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE history SET new = '{}' WHERE what = 'clock'")
    with reading_office(path, watch) as damaged:
        with pytest.raises(WorkspaceFault) as caught:
            damaged.actions.desk.clock_notes()
        assert caught.value.code == "damaged"
        assert not damaged.store.verify().ok


def test_nothing_lies_behind_a_history_without_lines(tmp_path: Path) -> None:
    with (
        made_store(tmp_path / "new.kjxd", migrations_dir(), Watch(), "王芳") as store,
        store.reading() as uow,
    ):
        assert uow.history.clock_behind(DEAD_BATTERY) is None
        assert uow.history.clock_steps() == ()


def test_opening_again_goes_on(office: Office, watch: Watch) -> None:
    type_at(office, watch, DEAD_BATTERY, "13")
    path = office.store.path
    office.close()
    watch.moment = DEAD_BATTERY + DAY
    with open_office(path, watch) as reopened:
        assert reopened.actions.desk.clock_notes() != ()
        assert reopened.store.verify().ok
