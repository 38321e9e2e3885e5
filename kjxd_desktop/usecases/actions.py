"""All use cases of one open workspace, joined in ``bootstrap`` and handed to pages and commands."""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.usecases.backfill import Backfill
from kjxd_desktop.usecases.check import Check
from kjxd_desktop.usecases.desk import ChooseDesk
from kjxd_desktop.usecases.fill import Fill
from kjxd_desktop.usecases.monitor import Monitor
from kjxd_desktop.usecases.receive import Receive
from kjxd_desktop.usecases.report import ReportProgress
from kjxd_desktop.usecases.send import Send
from kjxd_desktop.usecases.status import Status
from kjxd_desktop.usecases.targets import SetTargets


@dataclass(frozen=True, slots=True)
class Actions:
    """What a person can do in a workspace, one object a use case."""

    desk: ChooseDesk
    fill: Fill
    backfill: Backfill
    report: ReportProgress
    check: Check
    status: Status
    targets: SetTargets
    monitor: Monitor
    send: Send
    receive: Receive
