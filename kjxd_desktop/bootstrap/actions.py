"""Makes each use case of an open workspace when it is first used. Implements ``usecases.actions.Actions``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.late import (
    BuiltInPlans,
    LateBookReader,
    LateHistoryWriter,
    LateReturnFileReader,
    LateReturnWriter,
    plan_workbooks,
)
from kjxd_desktop.bootstrap.person import SystemClock, person

if TYPE_CHECKING:
    from kjxd_desktop.storage.sqlite.vault import SqlVault
    from kjxd_desktop.storage.store import SqlStore
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
    from kjxd_desktop.usecases.ports import Clock
    from kjxd_desktop.usecases.receiving.paper_code import PaperCodes
    from kjxd_desktop.usecases.receiving.receive import Receive
    from kjxd_desktop.usecases.receiving.sent_files import SentFiles
    from kjxd_desktop.usecases.reviewing.accept import Accept
    from kjxd_desktop.usecases.sending.again import Again
    from kjxd_desktop.usecases.sending.send import Send
    from kjxd_desktop.usecases.sending.sign_off import SignOff
    from kjxd_desktop.usecases.sending.standing import Standing
    from kjxd_desktop.usecases.sending.status import Status


class OfficeActions:
    """The use cases of one store.

    Every one is imported where it is made: a start needs three of them.
    """

    def __init__(self, store: SqlStore, clock: Clock, books: LateBookReader) -> None:
        self._store = store
        self._clock = clock
        self._books = books
        self._files = LateReturnFileReader(books)

    @cached_property
    def desk(self) -> ChooseDesk:
        """Where the person is."""
        from kjxd_desktop.usecases.planning.desk import ChooseDesk

        return ChooseDesk(self._store, self._clock)

    @cached_property
    def fill(self) -> Fill:
        """Figures of a return."""
        from kjxd_desktop.usecases.filling.fill import Fill

        return Fill(self._store, self._clock)

    @cached_property
    def backfill(self) -> Backfill:
        """Earlier periods as one table."""
        from kjxd_desktop.usecases.filling.backfill import Backfill

        return Backfill(self._store)

    @cached_property
    def report(self) -> ReportProgress:
        """Progress of tasks."""
        from kjxd_desktop.usecases.filling.progress import ReportProgress

        return ReportProgress(self._store)

    @cached_property
    def rekey(self) -> Rekey:
        """复录."""
        from kjxd_desktop.usecases.filling.rekey import Rekey

        return Rekey(self._store)

    @cached_property
    def check(self) -> Check:
        """Findings of a return."""
        from kjxd_desktop.usecases.checking.check import Check

        return Check(self._store)

    @cached_property
    def standing(self) -> Standing:
        """How far a return is, without a check."""
        from kjxd_desktop.usecases.sending.standing import Standing

        return Standing(self._store)

    @cached_property
    def status(self) -> Status:
        """What is due and what comes next."""
        from kjxd_desktop.usecases.sending.status import Status

        return Status(self._store, self._clock)

    @cached_property
    def targets(self) -> SetTargets:
        """Own targets, baselines, deadlines."""
        from kjxd_desktop.usecases.planning.targets import SetTargets

        return SetTargets(self._store)

    @cached_property
    def monitor(self) -> Monitor:
        """Where the figures stand."""
        from kjxd_desktop.usecases.monitoring.monitor import Monitor

        return Monitor(self._store, self._clock)

    @cached_property
    def achieve(self) -> Achieve:
        """Marks on targets in words."""
        from kjxd_desktop.usecases.monitoring.achieve import Achieve

        return Achieve(self._store)

    @cached_property
    def plans(self) -> RevisePlan:
        """Plans as wholes."""
        from kjxd_desktop.usecases.planning.revise import RevisePlan

        return RevisePlan(self._store, BuiltInPlans())

    @cached_property
    def decompose(self) -> Decompose:
        """What is split off for units."""
        from kjxd_desktop.usecases.planning.decompose import Decompose

        return Decompose(self._store)

    @cached_property
    def share(self) -> ShareIndicators:
        """Figures of two plans that are one."""
        from kjxd_desktop.usecases.filling.share import ShareIndicators

        return ShareIndicators(self._store)

    @cached_property
    def try_rule(self) -> TryRule:
        """Check rules on stored figures."""
        from kjxd_desktop.usecases.checking.try_rule import TryRule

        return TryRule(self._store)

    @cached_property
    def plan_files(self) -> PlanFiles:
        """Plan workbooks."""
        from kjxd_desktop.plans.book_reader import PlanWorkbookReader
        from kjxd_desktop.usecases.planning.files import PlanFiles

        return PlanFiles(self.plans, PlanWorkbookReader(self._books), plan_workbooks())

    @cached_property
    def sign_off(self) -> SignOff:
        """Signing returns off."""
        from kjxd_desktop.usecases.sending.sign_off import SignOff

        return SignOff(self._store, self._clock)

    @cached_property
    def send(self) -> Send:
        """Writing templates and returns."""
        from kjxd_desktop.usecases.sending.send import Send

        return Send(self._store, self._clock, LateReturnWriter(), self.check)

    @cached_property
    def again(self) -> Again:
        """Saving what was sent once more."""
        from kjxd_desktop.usecases.sending.again import Again

        return Again(self._store, self._clock, LateReturnWriter(), self.check)

    @cached_property
    def receive(self) -> Receive:
        """Taking files in."""
        from kjxd_desktop.usecases.receiving.receive import Receive

        return Receive(self._store, self._clock, self._files, BuiltInPlans(), self.keep)

    @cached_property
    def accept(self) -> Accept:
        """Accepting returns, and reopening them."""
        from kjxd_desktop.usecases.reviewing.accept import Accept

        return Accept(self._store)

    @cached_property
    def sent_files(self) -> SentFiles:
        """Submitted workbooks against history."""
        from kjxd_desktop.usecases.receiving.sent_files import SentFiles

        return SentFiles(self._store, self._files, BuiltInPlans())

    @cached_property
    def paper_codes(self) -> PaperCodes:
        """Codes from paper against what was received and sent."""
        from kjxd_desktop.usecases.receiving.paper_code import PaperCodes

        return PaperCodes(self._store)

    @cached_property
    def look_back(self) -> LookBack:
        """History for people."""
        from kjxd_desktop.usecases.keeping.look_back import LookBack

        return LookBack(self._store, self.fill, self.report, LateHistoryWriter())

    @cached_property
    def keep(self) -> Keep:
        """Backups and restoring."""
        from kjxd_desktop.usecases.keeping.keep import Keep

        return Keep(self._store, self._clock, vault_of(self._store.path, self._clock))

    @cached_property
    def operators(self) -> Operators:
        """People of the office."""
        from kjxd_desktop.storage.people.passwords import Argon2Passwords
        from kjxd_desktop.usecases.people.operators import Operators

        return Operators(self._store, Argon2Passwords(), self._clock)


def vault_of(path: Path, clock: Clock | None = None, who: str = "") -> SqlVault:
    """The backups of a workspace, also of one that cannot be opened."""
    from kjxd_desktop.storage.sqlite.vault import SqlVault

    clock = clock or SystemClock()
    return SqlVault(path, paths.backup_dir(), paths.migrations_dir(), clock, who or person())
