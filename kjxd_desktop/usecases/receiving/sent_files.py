"""Submitted workbooks against the history they came from: a chain rewritten whole shows by them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.ports import PlanSource, Store
from kjxd_desktop.usecases.receiving.gate import KnownPlans
from kjxd_desktop.usecases.sending.exchange import FileKind, ReturnFileReader
from kjxd_desktop.usecases.sending.sealing import seal_fits


@dataclass(frozen=True, slots=True)
class SentFile:
    """What a submitted workbook says of this workspace's history.

    Attributes:
        outcome: ``fits``, ``rewritten``, ``seal_broken`` (its seal is missing or does not fit), ``not_sent`` (nothing
            here knows that it was sent), ``says_nothing`` (written by an earlier release) or ``elsewhere`` (not
            written from this workspace).
        lines: The lines of history that are no longer what the workbook was given.
    """

    file_name: str
    outcome: str
    lines: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the history."""
        return self.outcome in ("fits", "says_nothing")


class SentFiles:
    """Compares workbooks that were sent from here with the history of the workspace."""

    def __init__(self, store: Store, reader: ReturnFileReader, plans: PlanSource) -> None:
        self._store = store
        self._reader = reader
        self._plans = plans

    def compare(self, path: Path) -> SentFile:
        """Whether history still says at every line what the workbook was given.

        Raises:
            FileFault: The file cannot be read.
            ProblemError: ``not_a_return`` when it is no workbook of the program.
        """
        file = self._reader.read(path, KnownPlans(self._store, self._plans))
        identity = file.identity
        if identity is None or identity.kind is not FileKind.RETURN:
            raise refuse("file", "not_a_return", name=path.name)
        with self._store.reading() as uow:
            if identity.workspace_id != uow.workspace.info().id:
                return SentFile(path.name, "elsewhere")
            wrong = tuple(head.line for head in identity.heads if uow.history.link_at(head.line) != head.link)
            key = ReturnKey(identity.plan_id, identity.unit_code, identity.period)
            known = identity.digest in uow.exchange.submissions(key)
        # Whatever was sent with a seal says how far history was.
        sealed = identity.heads and seal_fits(identity, file.signature, file.achieved)
        if identity.format != FIRST and not sealed:
            return SentFile(path.name, "seal_broken")
        if wrong:
            return SentFile(path.name, "rewritten", wrong)
        if not known:
            return SentFile(path.name, "not_sent")
        return SentFile(path.name, "fits" if identity.heads else "says_nothing")
