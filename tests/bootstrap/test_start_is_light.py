"""What the first painting does without is not brought in for it: each room here costs milliseconds of every start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.offices import county_office

# Rooms and libraries that follow the first painting, or wait until they are asked for.
LATER = (
    "kjxd_desktop.domain.checks.rules",
    "kjxd_desktop.domain.pace.pace",
    "kjxd_desktop.usecases.checking.check",
    "kjxd_desktop.usecases.filling.view",
    "kjxd_desktop.usecases.monitoring.monitor",
    "kjxd_desktop.workbooks",
    "alembic",
    "openpyxl",
    "pyqtgraph",
    "segno",
)
_START = """
import sys
from pathlib import Path
from kjxd_desktop.bootstrap.window import Program, application, apply_theme
app = application()
program = Program(Path(sys.argv[1]))
apply_theme(app, program.theme)
program.start()
assert program.window is not None and program.window.isVisible()
print("\\n".join(sys.modules))
"""


def test_a_start_brings_in_nothing_that_can_wait(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    done = subprocess.run(
        [sys.executable, "-c", _START, str(path)], capture_output=True, text=True, check=True
    )
    brought = set(done.stdout.split())
    assert "kjxd_desktop.ui.home.home_page" in brought
    assert [name for name in LATER if name in brought] == []
