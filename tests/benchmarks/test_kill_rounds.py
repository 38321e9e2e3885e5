"""A short run of the kill rounds; ``python -m tests.benchmarks.kill_rounds`` does hundreds."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.benchmarks.kill_rounds import Tally, run, run_round
from tests.helpers.kill_kinds import Confirm, Typing, every_kind
from tests.helpers.waiting import PATIENCE_S

ROUNDS = 10
# Bounds the run on a slow computer; a single round of each kind is always enough to be of use.
SECONDS = 5.0


def test_nothing_confirmed_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    kinds = every_kind()
    tallies = run(kinds, ROUNDS, seed=2024, seconds=SECONDS, folder=tmp_path)
    assert [line for tally in tallies for line in tally.said] == []
    assert all(tally.clean for tally in tallies)
    assert [tally.name for tally in tallies] == [kind.name for kind in kinds]
    assert all(tally.rounds for tally in tallies)


def test_the_harness_sees_a_loss(tmp_path: Path) -> None:
    """A kind that confirms what it did not do does not pass."""

    class Boasting(Typing):
        def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
            confirm(1)
            confirm(2)
            os.kill(os.getpid(), signal.SIGKILL)

    kind, base = Boasting(), tmp_path / "base"
    base.mkdir()
    kind.prepare(base)
    # The kill from outside would come much later.
    tally = Tally(kind.name, seconds=PATIENCE_S)
    run_round(kind, base, tmp_path / "round", 3, tally)
    assert (tally.inside, tally.lost) == (1, 1)
    assert not tally.clean
