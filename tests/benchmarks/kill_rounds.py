"""Rounds of SIGKILL at random moments: nothing confirmed is lost, and every workspace opens and verifies.

    python -m tests.benchmarks.kill_rounds --seed 1 --runs 500 --seconds 600

A round: a child process works on a copy of a prepared workspace and reports every step after the use case
returned; it is killed at a moment drawn from the time the whole work takes; then the workspace is opened
as the program opens it, verified, and compared with what was confirmed.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from tests.helpers.kill_kinds import Kind, every_kind, opened
from tests.helpers.waiting import PATIENCE_S

# A round that hangs is a failure too; a slow one is not.
HANGS = PATIENCE_S
# Kills are drawn from a little more than the work takes: some come after the last step.
BEYOND = 1.05
STEP, READY, BROKEN = b"+", b".", b"!"


@dataclass
class Tally:
    """What came of a kind's rounds.

    Attributes:
        seconds: What the whole work takes when nobody kills it.
        inside: Rounds in which the kill came before the work was done.
        between: Rounds of those in which something was confirmed before it.
        said: What went wrong, in words, with the seed of the round.
    """

    name: str
    seconds: float = 0.0
    rounds: int = 0
    inside: int = 0
    between: int = 0
    lost: int = 0
    unopenable: int = 0
    unverified: int = 0
    broken: int = 0
    leftovers: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.unopenable or self.unverified or self.broken or self.leftovers)


@dataclass(frozen=True)
class Killed:
    """How a child ended.

    Attributes:
        confirmed: Steps it reported.
        alive: Whether the kill met it at work.
        seconds: From ready to its end.
        error: Its traceback when it failed by itself.
    """

    confirmed: int
    alive: bool
    seconds: float
    error: str


def run_child(kind: Kind, folder: Path, seed: int, delay: float | None) -> Killed:
    """Work in a child process and kill it after ``delay`` seconds; None lets it finish."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(kind, folder, seed, writing)
    os.close(writing)
    got, begun, end = b"", 0.0, time.monotonic() + HANGS
    while True:
        readable, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        if not readable:
            break
        said = os.read(reading, 65536)
        if not said:
            break
        if not got:
            begun = time.monotonic()
            end = end if delay is None else begun + delay
        got += said
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - begun
    # What was written before the kill is still in the pipe.
    while said := os.read(reading, 65536):
        got += said
    os.close(reading)
    steps, _, error = got.partition(BROKEN)
    alive = os.WIFSIGNALED(status)
    return Killed(steps.count(STEP), alive, seconds, error.decode("utf-8", "replace"))


def _be_child(kind: Kind, folder: Path, seed: int, writing: int) -> None:
    """Work and end without ever going back into the parent's code."""
    status = 1
    try:
        os.write(writing, READY)
        kind.work(folder, seed, lambda _number: _say(writing, STEP))
        status = 0
    except BaseException:
        _say(writing, BROKEN + traceback.format_exc().encode())
    finally:
        os._exit(status)


def _say(writing: int, said: bytes) -> None:
    os.write(writing, said)


def run_round(kind: Kind, base: Path, folder: Path, seed: int, tally: Tally) -> None:
    """One kill and what it left."""
    shutil.copytree(base, folder)
    dice = random.Random(seed)
    ended = run_child(kind, folder, seed, dice.uniform(0, tally.seconds * BEYOND))
    tally.rounds += 1
    tally.inside += ended.alive
    tally.between += ended.alive and ended.confirmed > 0
    if ended.error:
        tally.broken += 1
        tally.said.append(f"{kind.name} {seed}: {ended.error}")
    _look(kind, folder, seed, ended.confirmed, tally)
    shutil.rmtree(folder)


def is_half(path: Path) -> bool:
    """Whether a file was being made, or is what a closed workspace does not have beside it."""
    if not path.is_file():
        return False
    made = path.name.startswith(".kjxd-") or path.name.endswith((".part", ".tmp", ".restoring"))
    # Whoever only reads a workspace may leave an empty log beside it.
    return made or (path.name.endswith(("-wal", "-journal")) and path.stat().st_size > 0)


def _look(kind: Kind, folder: Path, seed: int, confirmed: int, tally: Tally) -> None:
    try:
        name = kind.stands(folder, confirmed)
        store = opened(folder, name)
    except WorkspaceFault as fault:
        tally.unopenable += 1
        tally.said.append(f"{kind.name} {seed}: does not open: {fault}")
        return
    with store:
        answer = store.verify()
        if not answer.ok:
            tally.unverified += 1
            tally.said.append(f"{kind.name} {seed}: {answer}")
        missing = kind.lost(folder, store, seed, confirmed)
        if missing:
            tally.lost += 1
            tally.said.extend(f"{kind.name} {seed}: {item}" for item in missing)
    # Opened and closed once, everything that the killed program was making is gone.
    halves = [str(item.relative_to(folder)) for item in folder.rglob("*") if is_half(item)]
    if halves:
        tally.leftovers += 1
        tally.said.append(f"{kind.name} {seed}: left behind: {halves}")


def run(kinds: Sequence[Kind], rounds: int, seed: int, seconds: float, folder: Path) -> list[Tally]:
    """Rounds of each kind in turn, one of each at least, until there were enough or the time is over.

    The time begins when everything is prepared: on a busy computer that alone may take as long.
    """
    tallies = []
    for place, kind in enumerate(kinds):
        base = folder / f"base-{place}"
        base.mkdir()
        kind.prepare(base)
        tally = Tally(kind.name)
        # The first run loads what is imported late; the second one is measured.
        for name in ("warm", "measured"):
            shutil.copytree(base, folder / name)
            whole = run_child(kind, folder / name, seed, None)
            assert not whole.error, whole.error
            tally.seconds = whole.seconds
            shutil.rmtree(folder / name)
        tallies.append(tally)
    end = time.monotonic() + seconds
    for number in range(rounds):
        if number >= len(kinds) and time.monotonic() > end:
            break
        place = number % len(kinds)
        run_round(
            kinds[place],
            folder / f"base-{place}",
            folder / "round",
            seed * 1_000_000 + number,
            tallies[place],
        )
    return tallies


def main() -> int:
    """Print the figures; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", "--rounds", dest="rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--kind", help="only this one")
    asked = parser.parse_args()
    kinds = [kind for kind in every_kind() if asked.kind in (None, kind.name)]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tallies = run(kinds, asked.rounds, asked.seed, asked.seconds, Path(folder))
    print(
        f"{'kind':<12}{'work s':>8}{'rounds':>8}{'inside':>8}{'steps before':>14}"
        f"{'lost':>6}{'unopenable':>12}{'unverified':>12}{'broken':>8}{'left':>6}"
    )
    for item in tallies:
        print(
            f"{item.name:<12}{item.seconds:>8.2f}{item.rounds:>8}{item.inside:>8}{item.between:>14}"
            f"{item.lost:>6}{item.unopenable:>12}{item.unverified:>12}{item.broken:>8}{item.leftovers:>6}"
        )
    for item in tallies:
        for line in item.said:
            print(line)
    rounds, inside = sum(item.rounds for item in tallies), sum(item.inside for item in tallies)
    print(f"seed {asked.seed}: {rounds} rounds, {inside} inside the work, {time.monotonic() - begun:.0f} s")
    return 0 if all(item.clean for item in tallies) else 1


if __name__ == "__main__":
    sys.exit(main())
