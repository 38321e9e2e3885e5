"""The rooms whose every branch must be covered are named in the test command, and are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
STORAGE = "kjxd_desktop/storage"


def patterns() -> list[str]:
    """What the test command wants covered whole."""
    text = (ROOT / "packaging" / "test.sh").read_text(encoding="utf-8").replace("\\\n", "")
    (found,) = re.findall(r'--fail-under=100 --include="([^"]+)"', text)
    return [pattern.replace("$storage", STORAGE) for pattern in found.split(",")]


def test_every_room_that_keeps_data_is_named() -> None:
    rooms = {path.parent.name for path in (ROOT / STORAGE).glob("*/*.py")} - {"sqlite"}
    named = {f"{STORAGE}/{room}/*" for room in rooms}
    assert set(patterns()) == {*named, f"{STORAGE}/*.py", "kjxd_desktop/usecases/filling/*"}


def test_every_room_that_is_named_has_files() -> None:
    assert [pattern for pattern in patterns() if not any(ROOT.glob(pattern))] == []
