"""What a window does by the clock alone does not happen in the middle of a test, however slow it is."""

from __future__ import annotations

import pytest

from kjxd_desktop.ui.keeping import caretaker
from kjxd_desktop.ui.tools import notices, unsaved

HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No backup starts, no notice goes, nothing is tried again because some seconds have passed.

    A test that is about one of these does it itself.
    """
    monkeypatch.setattr(caretaker, "IDLE_MS", HOUR_MS)
    monkeypatch.setattr(notices, "SUCCESS_MS", HOUR_MS)
    monkeypatch.setattr(unsaved, "RETRY_MS", HOUR_MS)
