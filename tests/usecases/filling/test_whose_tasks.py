"""An office reports its own tasks, nobody else's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from tests.helpers.offices import KEY, county_office

NEIGHBOUR = "620421"


def test_a_county_reports_no_task_of_its_neighbour(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        head = office.store.reading
        with pytest.raises(ProblemError) as caught:
            office.actions.report.put(
                replace(KEY, unit_code=NEIGHBOUR), "A2-7", Progress(TaskStatus.IN_PROGRESS, 10, "代填")
            )
        assert caught.value.problem.code == "unit_not_here"
        with head() as uow:
            assert uow.returns.progress(replace(KEY, unit_code=NEIGHBOUR)) == {}
