"""A file copied by hand while the window is open: whole ten seconds after the last key, every time.

    python -m tests.benchmarks.plain_copies --seed 1 --copies 50

Values are typed into an open window's workspace; ten seconds after the last of them the file alone, without the log
beside it, is copied as a file manager copies it. The copy must verify and hold everything that was typed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from kjxd_desktop.bootstrap.window import Program, application, apply_theme
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import FOURTEEN, FixedClock, again, county_office

QUIET_MS = 10_000


def wait(milliseconds: int) -> None:
    """As the running program waits: other threads go on meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def typed(program: Program, key: ReturnKey, dice: random.Random) -> dict[str, str]:
    """A burst of typing, told to the window as its pages tell it; what stands in the cells then."""
    assert program.office is not None and isinstance(program.window, MainWindow)
    held = {}
    for _ in range(dice.randint(1, 30)):
        code, text = dice.choice(list(FOURTEEN)), str(dice.randint(1, 99))
        program.window._changes.changed.emit(program.office.actions.fill.edit(key, code, TextEdit(text)))
        held[code] = text
        wait(dice.randint(0, 400))
    return held


def missing(copy: Path, key: ReturnKey, held: dict[str, str]) -> list[str]:
    """What a copy lacks."""
    with again(copy) as office:
        rows = {code: str(office.actions.fill.row(key, code).entry.value) for code in held}
        wrong = [f"{code}: {rows[code]}, not {text}" for code, text in held.items() if rows[code] != text]
        found = office.store.verify()
        return wrong if found.ok else [*wrong, f"does not verify: {found}"]


def main() -> int:
    """Print what was found; 1 when a copy lacked anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", type=int, default=50)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app, dice, poor = application(), random.Random(asked.seed), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["KJXD_DATA_DIR"] = name
        with county_office(folder) as office:
            path = office.store.path
        program = Program(path, FixedClock())
        apply_theme(app, program.theme)
        program.start()
        assert program.office is not None
        key, held = program.office.actions.desk.key(), {}
        for number in range(asked.copies):
            held |= typed(program, key, dice)
            wait(QUIET_MS)
            copy = folder / f"copy-{number}" / "copy.kjxd"
            copy.parent.mkdir()
            shutil.copyfile(path, copy)
            wrong = missing(copy, key, held)
            poor += bool(wrong)
            for line in wrong:
                print(f"copy {number}: {line}")
        program.close()
    print(f"seed {asked.seed}: {asked.copies} copies, {asked.copies - poor} whole")
    return 1 if poor else 0


if __name__ == "__main__":
    sys.exit(main())
