"""Plan workbooks going out and coming in; what they hold is adopted by ``RevisePlan``."""

from __future__ import annotations

from pathlib import Path

from kjxd_desktop.usecases.planning.book import PlanBookReader, PlanBookReading, PlanBookWriter
from kjxd_desktop.usecases.planning.revise import RevisePlan


class PlanFiles:
    """Writes plans as Excel workbooks and reads them."""

    def __init__(self, plans: RevisePlan, reader: PlanBookReader, writer: PlanBookWriter) -> None:
        self._plans = plans
        self._reader = reader
        self._writer = writer

    def export(self, plan_id: str, path: Path, revision: int | None = None) -> Path:
        """Write a plan with its decomposition.

        Raises:
            CallError: ``unknown_plan``.
            FileFault: The place does not allow it.
        """
        self._writer.write(self._plans.book(plan_id, revision), path)
        return path

    def blank(self, path: Path) -> Path:
        """Write the empty plan workbook, with examples and explanations.

        Raises:
            FileFault: The place does not allow it.
        """
        self._writer.write_blank(path)
        return path

    def read(self, path: Path) -> PlanBookReading:
        """What a plan workbook holds, or every mistake in it; nothing is written anywhere.

        Raises:
            FileFault: It is no workbook that can be read.
        """
        return self._reader.read(path)
