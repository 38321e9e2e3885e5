"""All use cases of one open workspace: what pages and commands may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kjxd_desktop.usecases.checking.check import Check
    from kjxd_desktop.usecases.checking.try_rule import TryRule
    from kjxd_desktop.usecases.filling.backfill import Backfill
    from kjxd_desktop.usecases.filling.fill import Fill
    from kjxd_desktop.usecases.filling.progress import ReportProgress
    from kjxd_desktop.usecases.filling.rekey import Rekey
    from kjxd_desktop.usecases.filling.share import ShareIndicators
    from kjxd_desktop.usecases.keeping.keep import Keep
    from kjxd_desktop.usecases.keeping.look_back import LookBack
    from kjxd_desktop.usecases.monitoring.achieve import Achieve
    from kjxd_desktop.usecases.monitoring.monitor import Monitor
    from kjxd_desktop.usecases.people.operators import Operators
    from kjxd_desktop.usecases.planning.decompose import Decompose
    from kjxd_desktop.usecases.planning.desk import ChooseDesk
    from kjxd_desktop.usecases.planning.files import PlanFiles
    from kjxd_desktop.usecases.planning.revise import RevisePlan
    from kjxd_desktop.usecases.planning.targets import SetTargets
    from kjxd_desktop.usecases.receiving.paper_code import PaperCodes
    from kjxd_desktop.usecases.receiving.receive import Receive
    from kjxd_desktop.usecases.receiving.sent_files import SentFiles
    from kjxd_desktop.usecases.reviewing.accept import Accept
    from kjxd_desktop.usecases.sending.again import Again
    from kjxd_desktop.usecases.sending.send import Send
    from kjxd_desktop.usecases.sending.sign_off import SignOff
    from kjxd_desktop.usecases.sending.standing import Standing
    from kjxd_desktop.usecases.sending.status import Status


class Actions(Protocol):
    """What a person can do in a workspace, one object a use case.

    ``bootstrap`` makes each when it is first used: what all of them import would hold up the window.
    """

    @property
    def desk(self) -> ChooseDesk: ...

    @property
    def fill(self) -> Fill: ...

    @property
    def backfill(self) -> Backfill: ...

    @property
    def report(self) -> ReportProgress: ...

    @property
    def rekey(self) -> Rekey: ...

    @property
    def check(self) -> Check: ...

    @property
    def standing(self) -> Standing: ...

    @property
    def status(self) -> Status: ...

    @property
    def targets(self) -> SetTargets: ...

    @property
    def monitor(self) -> Monitor: ...

    @property
    def achieve(self) -> Achieve: ...

    @property
    def plans(self) -> RevisePlan: ...

    @property
    def decompose(self) -> Decompose: ...

    @property
    def share(self) -> ShareIndicators: ...

    @property
    def try_rule(self) -> TryRule: ...

    @property
    def plan_files(self) -> PlanFiles: ...

    @property
    def sign_off(self) -> SignOff: ...

    @property
    def send(self) -> Send: ...

    @property
    def again(self) -> Again: ...

    @property
    def receive(self) -> Receive: ...

    @property
    def accept(self) -> Accept: ...

    @property
    def sent_files(self) -> SentFiles: ...

    @property
    def paper_codes(self) -> PaperCodes: ...

    @property
    def look_back(self) -> LookBack: ...

    @property
    def keep(self) -> Keep: ...

    @property
    def operators(self) -> Operators: ...
