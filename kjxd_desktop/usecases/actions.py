"""All use cases of one open workspace, joined in ``bootstrap`` and handed to pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kjxd_desktop.usecases.backfill import Backfill
from kjxd_desktop.usecases.check import Check
from kjxd_desktop.usecases.desk import ChooseDesk
from kjxd_desktop.usecases.fill import Fill
from kjxd_desktop.usecases.monitor import Monitor
from kjxd_desktop.usecases.report import ReportProgress
from kjxd_desktop.usecases.status import Status
from kjxd_desktop.usecases.targets import SetTargets

if TYPE_CHECKING:
    from kjxd_desktop.usecases.decompose import Decompose
    from kjxd_desktop.usecases.operators import Operators
    from kjxd_desktop.usecases.plan_files import PlanFiles
    from kjxd_desktop.usecases.receive import Receive
    from kjxd_desktop.usecases.revise_plan import RevisePlan
    from kjxd_desktop.usecases.send import Send
    from kjxd_desktop.usecases.share import ShareIndicators
    from kjxd_desktop.usecases.try_rule import TryRule


class Actions:
    """What a person can do in a workspace, one object a use case.

    Args:
        plans, decompose, share, try_rule, plan_files, send, receive, operators: Make the use cases of plans,
            files and people; called when one is first used, because what they import would hold up the
            start of the window.
    """

    def __init__(
        self,
        *,
        desk: ChooseDesk,
        fill: Fill,
        backfill: Backfill,
        report: ReportProgress,
        check: Check,
        status: Status,
        targets: SetTargets,
        monitor: Monitor,
        plans: Callable[[], RevisePlan],
        decompose: Callable[[], Decompose],
        share: Callable[[], ShareIndicators],
        try_rule: Callable[[], TryRule],
        plan_files: Callable[[], PlanFiles],
        send: Callable[[], Send],
        receive: Callable[[], Receive],
        operators: Callable[[], Operators],
    ) -> None:
        self.desk = desk
        self.fill = fill
        self.backfill = backfill
        self.report = report
        self.check = check
        self.status = status
        self.targets = targets
        self.monitor = monitor
        self._make_plans = plans
        self._make_decompose = decompose
        self._make_share = share
        self._make_try_rule = try_rule
        self._make_plan_files = plan_files
        self._make_send = send
        self._make_receive = receive
        self._make_operators = operators

    @cached_property
    def plans(self) -> RevisePlan:
        """Plans as wholes."""
        return self._make_plans()

    @cached_property
    def decompose(self) -> Decompose:
        """What is split off for units."""
        return self._make_decompose()

    @cached_property
    def share(self) -> ShareIndicators:
        """Figures of two plans that are one."""
        return self._make_share()

    @cached_property
    def try_rule(self) -> TryRule:
        """Check rules on stored figures."""
        return self._make_try_rule()

    @cached_property
    def plan_files(self) -> PlanFiles:
        """Plan workbooks."""
        return self._make_plan_files()

    @cached_property
    def send(self) -> Send:
        """Writing templates and returns."""
        return self._make_send()

    @cached_property
    def receive(self) -> Receive:
        """Taking files in."""
        return self._make_receive()

    @cached_property
    def operators(self) -> Operators:
        """Who works here, and signing in."""
        return self._make_operators()
