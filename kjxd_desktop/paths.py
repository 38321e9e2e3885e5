"""Where data, logs, backups, resources and migrations are: source tree, wheel, frozen program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

APP = "kjxd-desktop"
DATA_VARIABLE = "KJXD_DATA_DIR"
DEFAULT_WORKSPACE = "科技行动监测.kjxd"


def data_dir() -> Path:
    """The user's data folder, absolute; it need not exist yet.

    ``KJXD_DATA_DIR`` names another one: a portable copy on a USB stick, a test.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    # Only here, because many commands name their workspace and never ask.
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
    """Plans, icons, manual and demonstration data.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    return _find("resources")


def migrations_dir() -> Path:
    """Alembic's environment and versions.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    return _find("migrations")


def _find(name: str) -> Path:
    places = list(_places(name))
    for place in places:
        if place.is_dir():
            return place
    looked = ", ".join(map(str, places))
    raise FileNotFoundError(
        f"the folder {name} of the program is missing, install it again; looked in {looked}"
    )


def _places(name: str) -> Iterator[Path]:
    """Places to look in: the frozen program's folder, the wheel, the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        yield Path(bundle) / "kjxd_desktop" / name
    package = Path(__file__).resolve().parent
    yield package / name
    # Beside an installed package stand other people's folders; only our source tree has this file.
    if (package.parent / "pyproject.toml").is_file():
        yield package.parent / name
