"""Runs: steps drawn from a seed, played one after the other, and the shortest list that still breaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy.exc import SQLAlchemyError

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.returns.returns import ReturnState
from tests.benchmarks.interleavings import acts, file_acts, rules
from tests.benchmarks.interleavings.acts import Act, Done, at_the_city
from tests.benchmarks.interleavings.post import Letter
from tests.benchmarks.interleavings.rules import Breach
from tests.benchmarks.interleavings.world import NAMES, UNITS, World, world
from tests.helpers.offices import CITY

# Each act with its weight in the draw.
ACTS: dict[str, tuple[Act, int]] = {
    "types": (acts.types, 10),
    "fills": (acts.fills, 5),
    "explains": (acts.explains, 5),
    "reports": (acts.reports, 4),
    "checks": (acts.checks, 4),
    "signs": (acts.signs, 4),
    "submits": (acts.submits, 8),
    "withdraws": (acts.withdraws, 6),
    "restores": (acts.restores, 3),
    "comes again": (acts.comes_again, 1),
    "takes": (file_acts.county_takes, 4),
    "saves": (file_acts.saves, 5),
    "city takes": (file_acts.city_takes, 12),
    "city decides": (file_acts.city_decides, 6),
    "city types": (file_acts.city_types, 5),
    "city publishes": (file_acts.city_publishes, 2),
    "city sets": (file_acts.city_sets, 2),
    "city sends": (file_acts.city_sends, 4),
    "city accepts": (file_acts.city_accepts, 5),
    "city reopens": (file_acts.city_reopens, 7),
    "city corrects": (file_acts.city_corrects, 3),
    "city restores": (at_the_city(acts.restores), 3),
    "city comes again": (at_the_city(acts.comes_again), 1),
}
# What a product may raise that is no refusal; whatever it is, the steps that led there are worth having.
CRASHES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    SQLAlchemyError,
    TypeError,
    ValueError,
    WorkspaceFault,
)
# How most counties begin, and what the city often makes of it.
PRELUDE = ("fills", "explains", "submits")
RECEIVED = ("city takes", "city accepts")
MOST_REPLAYS = 80


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a run.

    Attributes:
        place: Which county, from 0.
        seed: What else it draws.
    """

    what: str
    place: int
    seed: int


@dataclass(frozen=True, slots=True)
class Played:
    """A run that was played.

    Attributes:
        told: What each step did, in words.
        done: How many steps were no refusal, by act.
        refused: How many were, by act.
    """

    told: tuple[str, ...]
    done: tuple[str, ...]
    refused: tuple[str, ...]
    breach: Breach | None = None


def draw(seed: int, count: int) -> list[Step]:
    """The steps of a run; most counties begin by sending something."""
    dice = Random(seed)
    steps = [
        Step(what, place, dice.randrange(10**6))
        for place in range(len(UNITS))
        if dice.random() < 0.6
        for what in (*PRELUDE, *(RECEIVED if dice.random() < 0.5 else ()))
    ]
    names, weights = list(ACTS), [weight for _, weight in ACTS.values()]
    while len(steps) < count:
        (what,) = dice.choices(names, weights)
        steps.append(Step(what, dice.randrange(len(UNITS)), dice.randrange(10**6)))
    return steps[:count]


def play(steps: Sequence[Step], *, real: bool = False) -> Played:
    """Play steps in a new world until one breaches a rule."""
    done: list[str] = []
    refused: list[str] = []
    breach = None
    with TemporaryDirectory() as folder, world(Path(folder), real=real) as played:
        player = Player(played)
        for step in steps:
            try:
                (done if player.step(step) else refused).append(step.what)
            except Breach as found:
                breach = found
                break
        return Played(tuple(played.told), tuple(done), tuple(refused), breach)


class Player:
    """Plays steps in a world and asks every rule after each."""

    def __init__(self, played: World) -> None:
        self._world = played
        self._sent: dict[str, Letter] = {}

    def step(self, step: Step) -> bool:
        """Play one step.

        Returns:
            Whether it was done; else it was refused.

        Raises:
            Breach: A rule does not hold.
        """
        played, unit = self._world, UNITS[step.place]
        played.clock.tick()
        before, opened = played.pictures(), rules.reopened(played)
        who = f"{step.what} ({NAMES[unit]})"
        try:
            done = ACTS[step.what][0](played, unit, Random(step.seed))
        except rules.REFUSALS as refusal:
            problem = getattr(refusal, "problem", refusal)
            played.told.append(f"{who}: refused, {getattr(problem, 'code', problem)}")
            rules.refused_changed_nothing(before, played.pictures())
            rules.sound(played)
            return False
        except CRASHES as crash:
            played.told.append(f"{who}: {type(crash).__name__}")
            raise Breach(f"nothing crashes ({type(crash).__name__})", str(crash)) from crash
        played.told.append(f"{who}: {done.said}")
        if done.what == "submits" and done.letter is not None:
            self._sent[done.unit] = done.letter
        self._look(done, before, opened)
        return True

    def _look(self, done: Done, before: rules.Pictures, opened: frozenset[str]) -> None:
        played, after = self._world, self._world.pictures()
        rules.sound(played)
        rules.only_its_own(done, before, after)
        rules.no_strangers(after)
        rules.truth_stands(played, after)
        rules.own_is_told(played)
        if done.office == CITY and done.unit:
            was, now = before[CITY].of(done.unit), after[CITY].of(done.unit)
            rules.accepted_stays(done, was, now, done.unit in opened)
        if done.why:
            rules.reason_in_history(played, done, before[CITY])
        if done.what in rules.IMPORTS and done.letter is not None:
            rules.honest_is_not_suspected(done)
            if done.office != CITY:
                rules.locked_stays(done, before[done.office].of(done.unit), after[done.office].of(done.unit))
            elif done.letter.faithful and not done.letter.template and done.what == "takes":
                rules.code_arrived(done, after[CITY].of(done.unit))
            rules.twice_is_once(played, done, after)
        for unit, letter in self._sent.items():
            head = after[unit].of(unit).head
            if head is not None and head.state is ReturnState.SUBMITTED:
                rules.code_fits(played, unit, letter)


def shortest(steps: Sequence[Step], breach: Breach, *, real: bool = False) -> tuple[list[Step], Played]:
    """The shortest list found whose last step still breaches the same rule."""
    kept, best = list(steps), play(steps, real=real)
    replays, size = 0, max(1, len(kept) // 2)
    while replays < MOST_REPLAYS:
        for shorter in _without(kept, size):
            replays += 1
            tried = play(shorter, real=real)
            if tried.breach is not None and tried.breach.rule == breach.rule:
                kept, best = shorter[: len(tried.told)], tried
                break
            if replays >= MOST_REPLAYS:
                break
        else:
            if size == 1:
                break
            size = max(1, size // 2)
    return kept, best


def _without(steps: Sequence[Step], size: int) -> Iterator[list[Step]]:
    """The list with one part after the other left out, the last parts first."""
    for start in range(max(0, len(steps) - size), -1, -size):
        yield [*steps[:start], *steps[start + size :]]
