"""Has every page, dialog and tip shown under ``strace``, and says who opened the file that all texts name.

    python -m tests.benchmarks.canary

It does so twice: as the program is, and with its plain-text helpers switched off, where the file must be opened.
``tests/ui/test_canary.py`` asks the kernel the same without strace.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.canary import FILE, MarkedPlace, lay_file

_OPENING = "trace=open,openat,openat2"
_LAY, _LOOK, _LOOK_OFF = "lay", "look", "look-off"


def main() -> int:
    """Status 0 when the file was opened only with the helpers switched off."""
    opened = {}
    for what in (_LOOK, _LOOK_OFF):
        with tempfile.TemporaryDirectory() as folder:
            opened[what] = _opens(Path(folder), what)
    print(f"as it is: {opened[_LOOK]} times opened; helpers switched off: {opened[_LOOK_OFF]} times")
    return 0 if opened[_LOOK] == 0 < opened[_LOOK_OFF] else 1


def _opens(folder: Path, what: str) -> int:
    place, trace = folder / "place", folder / "trace"
    place.mkdir()
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        DATA_VARIABLE: str(folder / "data"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(root),
    }
    strace = ("strace", "-f", "-qq", "-e", _OPENING, "-o", str(trace))
    command = (sys.executable, "-m", "tests.benchmarks.canary")
    subprocess.run([*command, _LAY], cwd=place, env=environment, check=True)
    subprocess.run([*strace, *command, what], cwd=place, env=environment, check=True)
    with trace.open(encoding="utf-8", errors="replace") as lines:
        return sum(f'/{FILE}"' in line or f'"{FILE}"' in line for line in lines)


def _look(what: str) -> None:
    from kjxd_desktop.bootstrap.window import application
    from kjxd_desktop.ui.tools.style import Theme, apply_theme
    from tests.helpers.canary_walk import walk
    from tests.helpers.switched_off import switch_off

    apply_theme(application(), Theme())
    place = MarkedPlace(Path.cwd())
    if what == _LOOK_OFF:
        switch_off(setattr)
    walk(place)


if __name__ == "__main__":
    if sys.argv[1:] == [_LAY]:
        lay_file(Path.cwd())
    elif sys.argv[1:]:
        _look(sys.argv[1])
    else:
        sys.exit(main())
