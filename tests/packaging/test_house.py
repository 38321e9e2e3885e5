"""The house is as its plan says: no circle of files, small files, rooms of the window apart.

import-linter holds the arrows between the floors and rooms; it does not look at files inside one of them.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tests.helpers.arrows import arrows_of, circle_of, modules_of

PACKAGE = Path(__file__).parents[2] / "kjxd_desktop"
MODULES = modules_of(PACKAGE)
MOST_LINES = 400
MEDIAN_LINES = 150
# Folders of the window that are no rooms: what rooms stand on, and what stands over them.
BELOW, ABOVE = {"grid", "parts", "tools"}, {"shell", "tour"}


def test_no_circle_of_files() -> None:
    assert " → ".join(circle_of(arrows_of(MODULES))) == ""


def test_files_are_small() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert median(lines.values()) < MEDIAN_LINES


def test_rooms_of_the_window_do_not_import_each_other() -> None:
    rooms = {path.name for path in (PACKAGE / "ui").iterdir() if (path / "__init__.py").is_file()}
    rooms -= BELOW | ABOVE
    assert {"entry", "returns", "receiving", "home"} <= rooms
    breaches = [
        (name, target)
        for name, targets in arrows_of(MODULES).items()
        if (room := _folder(name)) in rooms
        for target in targets
        if (other := _folder(target)) and other != room and other not in BELOW
    ]
    assert breaches == []


def _folder(name: str) -> str:
    """The folder of the window that a module stands in; empty outside the window."""
    parts = name.split(".")
    return parts[2] if parts[1:2] == ["ui"] and len(parts) > 2 else ""


# Each file imports the next in another manner; ``f`` stands outside of the round.
ROUND = {
    "__init__.py": "",
    "a.py": "def late():\n    import house.b\n",
    "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.c import C\n",
    "c.py": "from house import room\nC = room\n",
    "room/__init__.py": "from . import d\n",
    "room/d.py": "from ..e import E\n",
    "e.py": "import sys\nfrom house import a\nE = a\n",
    "f.py": "from house.room import d\nfrom house.a import late\n",
}


def _built(folder: Path, files: dict[str, str]) -> dict[str, set[str]]:
    for name, text in files.items():
        path = folder / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return arrows_of(modules_of(folder / "house"))


def test_a_circle_is_found_in_whatever_way_it_is_imported(tmp_path: Path) -> None:
    circle = circle_of(_built(tmp_path, ROUND))
    assert circle[0] == circle[-1]
    around = ["house.a", "house.b", "house.c", "house.room", "house.room.d", "house.e"]
    start = around.index(circle[0])
    assert circle[:-1] == around[start:] + around[:start]


@pytest.mark.parametrize("cut", ["a.py", "b.py", "c.py", "room/__init__.py", "room/d.py", "e.py"])
def test_without_any_one_of_its_arrows_there_is_no_circle(tmp_path: Path, cut: str) -> None:
    assert circle_of(_built(tmp_path, ROUND | {cut: "late = C = E = d = None\n"})) == []
