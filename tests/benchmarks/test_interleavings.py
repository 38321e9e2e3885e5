"""A short run of the interleavings; ``python -m tests.benchmarks.interleavings`` plays hundreds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.filling import guard
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving import receive
from kjxd_desktop.usecases.receiving.apply import Applied, apply_submission
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.reviewing.accept import Accept
from tests.benchmarks.interleavings import __main__ as benchmark
from tests.benchmarks.interleavings.play import Step, draw, play
from tests.benchmarks.interleavings.world import UNITS, key_of

SEED, RUNS, STEPS = 20261130, 2, 20
# Draws that mean the newest file as ``--accept`` takes it, and typing into a file by hand.
NEWEST, BY_HAND = 4, 17
SENT = [Step(what, 0, 1) for what in ("fills", "submits", "city takes")]


def also_writes(monkeypatch: pytest.MonkeyPatch, unit: str, entry: Entry) -> None:
    """Plant an import that writes one more cell."""

    def planted(uow: UnitOfWork, incoming: Incoming, *rest: Any, asked: bool = False) -> Applied:
        applied = apply_submission(uow, incoming, *rest, asked=asked)
        uow.returns.put(uow.returns.find(key_of(unit)) or Return(key_of(unit), 1))
        uow.returns.put_entry(key_of(unit), "I13", entry)
        return applied

    monkeypatch.setattr(receive, "apply_submission", planted)


def test_whatever_order_things_come_in_nothing_is_mixed_up() -> None:
    runs = [play(draw(SEED + number, STEPS)) for number in range(RUNS)]
    assert [(run.breach, run.told) for run in runs if run.breach] == []
    done = {what for run in runs for what in run.done}
    assert {"submits", "city takes", "types"} <= done
    assert sum(len(run.done) for run in runs) > RUNS * STEPS / 3
    assert any(run.refused for run in runs)


def test_a_run_of_real_workbooks() -> None:
    run = play([*SENT, Step("saves", 0, 4), Step("city sends", 0, 1), Step("takes", 0, NEWEST)], real=True)
    assert (run.breach, run.refused) == (None, ())


def test_the_harness_sees_an_import_that_writes_into_another_unit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told with the seed and the fewest steps that lead there, and the program ends with 1."""
    also_writes(monkeypatch, UNITS[1], Entry(EntryStatus.REPORTED, Decimal(9)))
    steps = [Step("types", 1, 5), *SENT]
    monkeypatch.setattr(benchmark, "draw", lambda seed, count: steps)
    assert benchmark.main(["--seed", "77", "--runs", "1", "--real", "0"]) == 1
    said = capsys.readouterr().out
    assert "seed 77" in said and "a step changes its own return only" in said
    listed = [line.split(". ")[1].split(" (")[0] for line in said.splitlines() if line.startswith("  ")]
    assert listed == [step.what for step in SENT]


def test_the_harness_sees_a_blank_that_became_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template filled by hand for a part; a cell that stayed blank in it is written as 0."""
    also_writes(monkeypatch, UNITS[0], Entry(EntryStatus.REPORTED, Decimal(0)))
    run = play([Step("city sends", 0, 1), Step("saves", 0, BY_HAND), Step("city takes", 0, NEWEST)])
    assert run.breach is not None and run.breach.rule == "a blank never becomes 0"


def test_the_harness_sees_an_accepted_return_that_is_typed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "require_editable", lambda view: None)
    run = play([*SENT, Step("city accepts", 0, 1), Step("city types", 0, 1)])
    assert run.breach is not None and run.breach.rule == "an accepted return stays"


def test_the_harness_sees_a_refusal_that_wrote_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever cannot accept leaves a trace all the same."""

    def planted(self: Accept, key: ReturnKey) -> None:
        with self._store.writing("planted", None) as uow:
            uow.returns.put(Return(key, 1, round=7))
        raise refuse("return", "nothing_to_accept")

    monkeypatch.setattr(Accept, "accept", planted)
    run = play([Step("city accepts", 0, 1)])
    assert run.breach is not None and run.breach.rule == "a refusal changes nothing"


def test_the_harness_sees_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Accept, "accept", lambda self, key: {}[key])
    run = play([Step("city accepts", 0, 1)])
    assert run.breach is not None and run.breach.rule == "nothing crashes (KeyError)"
