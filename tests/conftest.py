"""What every test stands on: no real screen, no real data folder, readable Chinese, repeatable examples."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.paths import DATA_VARIABLE
from kjxd_desktop.plans.package import load_package
from tests.helpers.fonts import require_chinese
from tests.helpers.patient_bot import PatientBot

PLANS = Path(__file__).parents[1] / "resources" / "plans"

# Before any application exists; a test that needs a real screen starts a process of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline, and no complaint that examples are made slowly: computers that run several things at once are
# slow at odd moments.
_SLOW = (HealthCheck.too_slow,)
settings.register_profile("desk", deadline=None, suppress_health_check=_SLOW)
settings.register_profile("server", deadline=None, suppress_health_check=_SLOW, derandomize=True)
settings.load_profile("server" if os.environ.get("CI") else "desk")


def pytest_configure() -> None:
    """Tests that stop the program need its signals, also when a shell started all of this in the background.

    Such a shell ignores Ctrl+C for what it starts, ``nohup`` the end of the terminal; the program respects that.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing, not even a process started by a test, touches the data of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application of all window tests, once it is sure that it can show Chinese."""
    require_chinese()
    return qapp


@pytest.fixture(scope="session")
def baiyin() -> Plan:
    """白银市强科技行动实施方案(2022—2025年), loaded once."""
    return load_package(PLANS / "baiyin-2022")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's, with the patience of :mod:`tests.helpers.waiting`."""
    return PatientBot(request)
