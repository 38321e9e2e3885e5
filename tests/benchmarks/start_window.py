"""Start of the program, as ``cli.main`` starts it: until its window is painted and takes keys."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kjxd_desktop.bootstrap.collector import go_on, put_off

put_off()

from kjxd_desktop.bootstrap.window import Program, application, apply_theme  # noqa: E402 - as in the program

app = application()
program = Program(Path(sys.argv[1]))
apply_theme(app, program.theme)
program.start()
go_on()
from PySide6.QtTest import QTest  # noqa: E402 - not part of what starts

assert program.window is not None
QTest.qWaitForWindowExposed(program.window)
program.window.repaint()
print((time.time() - float(sys.argv[-1])) * 1000)
program.close()
