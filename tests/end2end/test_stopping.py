"""Ctrl+C and the system's wish to end: commands leave nothing half written, the window keeps what was typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS

from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.sqlite import backup as storage_backup
from kjxd_desktop.usecases.sending.send import Send
from kjxd_desktop.wording.stopping import COMMAND_STOPPED, WINDOW_STAYS
from tests.end2end.xscreen import x_screen
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import FOURTEEN
from tests.helpers.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A city, its template, and the county that has opened it."""
    made = Desk(tmp_path, capsys)
    made.ok("new", made.city, "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    made.ok("template", "--workspace", made.city, *PERIOD, "--unit", "620422", template(made))
    made.ok("new", made.county, "--from", template(made))
    return made


def template(desk: Desk) -> Path:
    return desk.folder / "template.xlsx"


def here(desk: Desk) -> tuple[str, ...]:
    return ("--workspace", str(desk.county), *PERIOD)


def filled(desk: Desk) -> None:
    """A whole return, every finding explained."""
    for code, text in FOURTEEN.items():
        assert desk.set(code, text) == 0, desk.said
    desk.run("check", *here(desk), "--json")
    for finding in json.loads(desk.out)["findings"]:
        if finding["grade"] == "verify":
            words = ("--indicator", finding["code"], "--rule", finding["rule"], "经核对无误。")
            desk.ok("explain", *here(desk), *words)


def signal_at(
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    call: int = 1,
    number: int = signal.SIGINT,
    *,
    after: bool = False,
) -> None:
    """Let a signal come at the n-th call of a function: before it, or when it has just returned."""
    original: Callable[..., object] = getattr(owner, name)
    calls = 0

    def counted(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            os.kill(os.getpid(), number)
        result = original(*arguments, **named)
        if calls == call and after:
            os.kill(os.getpid(), number)
        return result

    monkeypatch.setattr(owner, name, counted)


def files(desk: Desk) -> set[str]:
    """All there is in the folder but locks, which mean nothing without their holder."""
    names = (path.name for path in desk.folder.iterdir() if not path.name.endswith(".lock"))
    return {
        name for name in names if name.endswith((".xlsx", ".kjxd", ".part", ".tmp", ".zip", ".restoring"))
    }


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_value_is_kept_whole_or_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    before = desk.show(desk.county)
    with monkeypatch.context() as patch:
        signal_at(patch, HistoryRows, "record", number=number, after=True)
        assert desk.set("I13", "12") == status
    assert desk.said.strip() == COMMAND_STOPPED
    assert desk.show(desk.county) == before
    assert desk.set("I13", "12") == 0
    desk.ok("verify", "--workspace", desk.county)


def test_handlers_are_as_they_were_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with monkeypatch.context() as patch:
        signal_at(patch, HistoryRows, "record")
        assert desk.set("I13", "12") == 130
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_an_import_is_undone_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)
    path = desk.folder / "return.xlsx"
    desk.ok("submit", *here(desk), path)
    at_city = ("--unit", "620422")
    before = desk.show(desk.city, *at_city)
    with monkeypatch.context() as patch:
        signal_at(patch, HistoryRows, "record", call=5)
        assert desk.run("import", "--workspace", desk.city, path) == 130
    assert COMMAND_STOPPED in desk.said
    assert desk.show(desk.city, *at_city) == before
    desk.ok("import", "--workspace", desk.city, path)
    desk.ok("verify", "--workspace", desk.city)


@pytest.mark.parametrize("way", ["from_template", "by_hand"])
def test_no_half_workspace_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    words = {
        "from_template": ("--from", str(template(desk))),
        "by_hand": ("--role", "county", "--unit", "620422", "--plan", "baiyin-2022"),
    }[way]
    fresh = desk.folder / "fresh.kjxd"
    with monkeypatch.context() as patch:
        signal_at(patch, HistoryRows, "record", call=2)
        assert desk.run("new", fresh, *words) == 130
    assert "fresh.kjxd" not in files(desk)
    desk.ok("new", fresh, *words)


def test_a_return_that_was_not_locked_leaves_no_workbook(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)
    path = desk.folder / "return.xlsx"
    with monkeypatch.context() as patch:
        signal_at(patch, Send, "_lock")
        assert desk.run("submit", *here(desk), path) == 130
    assert not path.exists()
    assert desk.show(desk.county)["state"] != ReturnState.SUBMITTED.value


def test_a_return_that_was_locked_keeps_its_workbook(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signal comes when the transaction is through and the command has not heard of it yet."""
    filled(desk)
    path = desk.folder / "return.xlsx"
    with monkeypatch.context() as patch:
        signal_at(patch, Send, "_lock", after=True)
        assert desk.run("submit", *here(desk), path) == 130
    assert desk.show(desk.county)["state"] == ReturnState.SUBMITTED.value
    desk.ok("import", "--workspace", desk.city, path)


def test_no_half_copy_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(desk)
    with monkeypatch.context() as patch:
        signal_at(patch, storage_backup, "check_backup")
        assert desk.run("backup", desk.folder / "moved.kjxd", "--workspace", desk.county) == 130
    assert files(desk) == before
    desk.ok("backup", desk.folder / "moved.kjxd", "--workspace", desk.county)


def test_a_restore_is_undone_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = desk.folder / "moved.kjxd"
    desk.ok("backup", moved, "--workspace", desk.county)
    assert desk.set("I13", "12") == 0
    before, names = desk.show(desk.county), files(desk)
    with monkeypatch.context() as patch:
        signal_at(patch, HistoryRows, "record")
        assert desk.run("restore", moved, desk.county) == 130
    assert (desk.show(desk.county), files(desk)) == (before, names)


def test_a_file_that_takes_long_can_be_stopped(desk: Desk) -> None:
    """The reader process goes with the command."""
    words = ("import", "--workspace", str(desk.city), str(long_one(desk.folder / "long.xlsx")))
    with running("-m", "kjxd_desktop", *words) as command:
        readers: list[psutil.Process] = []

        def held() -> bool:
            # It stands still from when it is seen, so that it cannot be done before it is told to stop.
            readers.extend(psutil.Process(command.pid).children())
            for reader in readers:
                reader.suspend()
            return bool(readers)

        wait_until(held, "the reader process")
        [reader] = readers
        # As a terminal does it: to every process of the command.
        reader.send_signal(signal.SIGINT)
        command.send_signal(signal.SIGINT)
        # The command may have ended it already, standing still as it is.
        with suppress(psutil.NoSuchProcess):
            reader.resume()
        said = command.communicate(timeout=PATIENCE_S)[1]
        assert (command.returncode, said.strip()) == (130, COMMAND_STOPPED)
        assert not reader.is_running()


def long_one(path: Path) -> Path:
    """A workbook of nearly as many cells as are read at all."""
    empty = BytesIO()
    Workbook().save(empty)
    rows = ("<row>" + "<c><v>1</v></c>" * 20 + "</row>") * 9_000
    sheet = f'<worksheet xmlns="{SHEET_MAIN_NS}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


class running(subprocess.Popen[str]):
    """Python off-screen on this source tree, killed at the end if it still runs."""

    def __init__(self, *words: str) -> None:
        super().__init__(
            [sys.executable, *words],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __exit__(self, *error: object) -> None:
        if self.poll() is None:
            self.kill()
        super().__exit__(*error)  # type: ignore[arg-type]


# The program, with something done in its window as soon as that has come to rest.
_WINDOW = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from kjxd_desktop.bootstrap import stopping, window
from kjxd_desktop.cli import main
from kjxd_desktop.domain.figures.period import Period

def type_value(program, text):
    program.window._actions.desk.choose_period(Period.parse("2024Q3"))
    program.window.open_page("entry")
    page = program.window.page("entry")
    page.go_to("I13")
    page.grid.begin_edit()
    QTest.keyClicks(QApplication.focusWidget(), text)

def hit(name):
    os.kill(os.getpid(), getattr(signal, name))

start = window.Program.start
def begin(program):
    start(program)
    QTimer.singleShot(0, lambda: act_in_front(program))
def act_in_front(program):
    if program.window.isActiveWindow():
        act(program)
    else:
        QTimer.singleShot(5, lambda: act_in_front(program))
window.Program.start = begin
sys.argv = ["kjxd-desktop", *sys.argv[1:]]
"""
_END = """
sys.exit(main(sys.argv[1:]))
"""


def window_that(act: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program, do something in its window, and wait until it has ended."""
    with running("-c", _WINDOW + "def act(program):\n" + act + _END, *words) as program:
        out, said = program.communicate(timeout=PATIENCE_S)
    # The off-screen platform says of many things that it cannot do them.
    own = "".join(line for line in said.splitlines(True) if not line.startswith("This plugin does not"))
    return subprocess.CompletedProcess([], program.returncode, out, own)


def value(desk: Desk, code: str = "I13") -> str | None:
    entries = desk.show(desk.county)["entries"]
    found: str | None = next(item["value"] for item in entries if item["code"] == code)
    return found


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_window_keeps_what_is_being_typed_and_closes(desk: Desk, name: str) -> None:
    """No Enter was pressed; off the screen nobody is asked anything."""
    done = window_that(f"    type_value(program, '12')\n    hit('{name}')\n", "--workspace", str(desk.county))
    assert (done.returncode, done.stderr) == (0, "")
    assert value(desk) == "12"


def test_what_cannot_be_kept_is_named(desk: Desk) -> None:
    act = "    type_value(program, 'abc')\n    hit('SIGTERM')\n"
    done = window_that(act, "--workspace", str(desk.county))
    assert done.returncode == 1
    assert "“abc”没有存上" in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert value(desk) is None


def test_what_the_disk_does_not_take_is_named(desk: Desk) -> None:
    act = (
        "    with program.office.store._engine.connect() as connection:\n"
        "        connection.exec_driver_sql('PRAGMA query_only=ON')\n"
        "    type_value(program, '12')\n    hit('SIGTERM')\n"
    )
    done = window_that(act, "--workspace", str(desk.county))
    assert done.returncode == 1
    assert "“12”没有存上" in done.stderr


def test_a_window_that_is_seen_asks_first_and_goes_the_second_time(desk: Desk) -> None:
    act = (
        "    stopping._UNSEEN = ()\n    type_value(program, 'abc')\n    hit('SIGINT')\n"
        "    def again():\n"
        "        print('shown' if program.window.isVisible() else 'gone')\n"
        "        hit('SIGINT')\n"
        "    say = stopping.print = lambda *words, **named: (print(*words, **named), QTimer.singleShot(0, again))\n"
    )
    done = window_that(act, "--workspace", str(desk.county))
    assert done.stdout.split() == ["shown"]
    assert WINDOW_STAYS in done.stderr and "“abc”没有存上" in done.stderr
    assert done.returncode == 1


def test_a_file_dialog_does_not_keep_the_window(desk: Desk) -> None:
    """It keeps its opener waiting in a loop of its own."""
    act = (
        "    from kjxd_desktop.ui.parts.file_choice import choose_workbook\n"
        "    type_value(program, '12')\n"
        "    QTimer.singleShot(0, lambda: hit('SIGTERM'))\n"
        "    print(choose_workbook(program.window))\n"
    )
    done = window_that(act, "--workspace", str(desk.county))
    assert (done.returncode, done.stdout.strip()) == (0, "None")
    assert value(desk) == "12"


def test_ctrl_c_wakes_a_window_on_a_real_screen(desk: Desk, tmp_path: Path) -> None:
    """Nothing moves in it: only the signal itself wakes its loop."""
    with x_screen(tmp_path) as screen, screen.program("--workspace", str(desk.county)) as program:
        screen.wait_for_window("科技行动监测填报")
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=PATIENCE_S) == 0


def test_the_first_start_closes_too(tmp_path: Path) -> None:
    done = window_that("    hit('SIGINT')\n", "--workspace", str(tmp_path / "new.kjxd"))
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "new.kjxd").exists()
