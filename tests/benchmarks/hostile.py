"""Hostile files handed to an open window: what each costs its process, and how long it takes.

    python -m tests.benchmarks.hostile

Every file is made here, given to the use case that the window would give it to, and must be refused or read in
bounds: no more than 400 MB at the peak of the window's process, no more than 20 s.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from kjxd_desktop.bootstrap.window import Program, application, apply_theme
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
from tests.helpers.hostile_zips import archive, named
from tests.helpers.offices import KEY, FixedClock, city_office, county_office, fill_clean

MOST_MB, MOST_SECONDS = 400, 20.0
MILLION = 1_000_000
MAKE = "--make"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def sent_return(folder: Path) -> Path:
    """A county's sound return."""
    with county_office(folder) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, folder / "报表.xlsx")
    return folder / "报表.xlsx"


def with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """A package with one part replaced by something much larger than it looks."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            new.writestr(item, content if item == name else old.read(item))
    return target


def spoilt_workspace(folder: Path, statement: str) -> Path:
    """A workspace with somebody's object in its schema."""
    folder.mkdir()
    with county_office(folder) as office:
        path = office.store.path
    connection = sqlite3.connect(path)
    connection.executescript(statement)
    connection.close()
    return path


def files(folder: Path) -> dict[str, tuple[str, Path]]:
    """What is tried: by name, how it is handed over and the file."""
    good = sent_return(folder)
    beside = folder / "million" / good.name
    beside.parent.mkdir()
    beside.write_bytes(good.read_bytes())
    beside.with_name(f"{beside.stem}_佐证.zip").write_bytes(archive(b"".join(named(MILLION))))
    names = folder / "names.xlsx"
    names.write_bytes(archive(b"".join(named(MILLION))))
    sheet = "xl/worksheets/sheet1.xml"
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]><worksheet>&l11;</worksheet>'
    deep = b"<worksheet>" + b"<a>" * MILLION + b"</a>" * MILLION + b"</worksheet>"
    table = folder / "long.csv"
    with table.open("wb") as text:
        for _ in range(200):
            text.write(b"1,2,3,4\n" * 65_536)
    sparse = folder / "sparse.xlsx"
    with sparse.open("wb") as hole:
        hole.truncate(1 << 40)
    pipe = folder / "pipe.xlsx"
    os.mkfifo(pipe)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"
    view = f"DROP TABLE baselines; CREATE VIEW baselines AS {endless} FROM n"
    heavy = "DROP TABLE targets; CREATE VIEW targets AS SELECT zeroblob(900000000) AS plan_id"
    bomb = b"<worksheet><sheetData>" + row * (3 * MILLION) + b"</sheetData></worksheet>"
    return {
        "return beside an archive of a million names": ("import", beside),
        "package of a million names": ("import", names),
        "package of 200 MB of rows": ("import", with_part(good, folder / "rows.xlsx", sheet, bomb)),
        "entities in entities": ("import", with_part(good, folder / "laughs.xlsx", sheet, laughs.encode())),
        "a million elements deep": ("import", with_part(good, folder / "deep.xlsx", sheet, deep)),
        "zeros where a sheet should be": (
            "import",
            with_part(good, folder / "zeros.xlsx", sheet, bytes(10**9)),
        ),
        "a table of 13 million lines": ("import", table),
        "a file of a terabyte of nothing": ("import", sparse),
        "a pipe": ("import", pipe),
        "a device": ("import", Path("/dev/zero")),
        "a device as evidence": ("evidence", Path("/dev/zero")),
        "a terabyte as evidence": ("evidence", sparse),
        "a plan of a million names": ("plan", names),
        "a backup with an endless view": ("restore", spoilt_workspace(folder / "view", view)),
        "a backup with a view of 900 MB": ("restore", spoilt_workspace(folder / "heavy", heavy)),
        "a backup of a terabyte": ("restore", sparse),
    }


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def make(folder: Path) -> None:
    """Make the files and the window's workspace, and print where they are."""
    (folder / "city").mkdir()
    with city_office(folder / "city") as office:
        assert office.store.path == folder / "city" / "city.kjxd"
    print(json.dumps({what: (way, str(file)) for what, (way, file) in files(folder).items()}))


def main() -> int:
    """Print each file's time and what was said; 1 when a bound was passed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["KJXD_DATA_DIR"] = str(folder / "data")
        # Made by another process: what they cost to make is not what they cost to open.
        made = subprocess.run(
            [sys.executable, "-m", __spec__.name, MAKE, name], check=True, capture_output=True, text=True
        )
        tried = {what: (way, Path(file)) for what, (way, file) in json.loads(made.stdout).items()}
        path = folder / "city" / "city.kjxd"
        program = Program(path, FixedClock())
        apply_theme(app, program.theme)
        program.start()
        wait(1000)
        assert program.office is not None
        actions, slow = program.office.actions, 0
        task = actions.report.sheet(actions.desk.key()).rows[0].task.code
        ways: dict[str, Callable[[Path], object]] = {
            "import": actions.receive.preview,
            "evidence": lambda file: actions.report.attach(actions.desk.key(), task, file),
            "plan": actions.plan_files.read,
            "restore": actions.keep.preview,
        }
        for what, (way, file) in tried.items():
            begun = time.monotonic()
            try:
                ways[way](file)
                said = "read"
            except (FileFault, ProblemError, WorkspaceFault) as error:
                said = str(error)[:60]
            took = time.monotonic() - begun
            slow += took > MOST_SECONDS
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{what:<46}{took:8.2f} s {peak:8.0f} MB  {said}")
        program.close()
    print(f"peak {peak:.0f} MB (at most {MOST_MB}), {slow} files took more than {MOST_SECONDS:.0f} s")
    return 1 if slow or peak > MOST_MB else 0


if __name__ == "__main__":
    if sys.argv[1:2] == [MAKE]:
        make(Path(sys.argv[2]))
    else:
        sys.exit(main())
