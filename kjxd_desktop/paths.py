"""Where data, logs, backups, resources and migrations are: source tree, wheel, frozen program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP = "kjxd-desktop"
DATA_VARIABLE = "KJXD_DATA_DIR"
DEFAULT_WORKSPACE = "科技行动监测.kjxd"


def data_dir() -> Path:
    """The user's data folder; ``KJXD_DATA_DIR`` names another (a portable copy, tests)."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def log_dir() -> Path:
    """The folder of log files."""
    return data_dir() / "logs"


def backup_dir() -> Path:
    """The folder of backups."""
    return data_dir() / "backups"


def default_workspace() -> Path:
    """The workspace that opens when none is named."""
    return data_dir() / DEFAULT_WORKSPACE


def resources_dir() -> Path:
    """Plans, icons, manual and demonstration data."""
    return _find("resources")


def migrations_dir() -> Path:
    """Alembic's environment and versions."""
    return _find("migrations")


def _find(name: str) -> Path:
    package = Path(__file__).resolve().parent
    places = [package / name, package.parent / name]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        places.insert(0, Path(bundle) / "kjxd_desktop" / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder {name} is missing; looked in {', '.join(map(str, places))}")
