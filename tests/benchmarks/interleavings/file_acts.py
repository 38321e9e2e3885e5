"""What the city does with its units' returns, and what both sides do with files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.codes import FILE_SUBJECT
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, RowStatus
from tests.benchmarks.interleavings.acts import WORDS, Done, edit, figure, put, texts_now
from tests.benchmarks.interleavings.world import World, key_of
from tests.helpers.offices import CITY, FOURTEEN, PERIOD, PLAN, TODAY

Decisions = Mapping[int, tuple[Decision, str]]


def city_types(world: World, unit: str, dice: Random) -> Done:
    """The city edits a cell of a unit's return."""
    return Done("city types", CITY, unit, edit(world, CITY, unit, dice))


def city_publishes(world: World, unit: str, dice: Random) -> Done:
    """The city enters what it publishes for a unit."""
    text = f"{dice.randint(40, 60)}.{dice.randint(1, 9)}"
    before = texts_now(world.city, unit, "I01")
    world.city.actions.fill.edit(key_of(unit), "I01", TextEdit(text))
    put(world, CITY, unit, "I01", {**before, "value": text})
    return Done("city publishes", CITY, unit, f"I01 = {text}")


def city_sets(world: World, unit: str, dice: Random) -> Done:
    """The city sets a target of a unit, or the deadline."""
    targets = world.city.actions.targets
    if dice.random() < 0.3:
        targets.set_deadline(PLAN, PERIOD, TODAY.replace(tzinfo=None) + timedelta(days=dice.randint(1, 20)))
        return Done("city sets", CITY, said="the deadline")
    text = dice.choice(("", "20", "25"))
    targets.set_target(PLAN, unit, "I13", TargetKind.BINDING, 2025, text)
    return Done("city sets", CITY, said=f"I13 of {unit}: {text!r}")


def city_sends(world: World, unit: str, dice: Random) -> Done:
    """The city writes a unit's template."""
    path = world.post.place()
    world.city.actions.send.template(key_of(unit), path)
    return Done("city sends", CITY, said=path.name, letter=world.post.sent(path))


def city_accepts(world: World, unit: str, dice: Random) -> Done:
    """The city accepts a return."""
    world.city.actions.accept.accept(key_of(unit))
    return Done("city accepts", CITY, unit)


def city_reopens(world: World, unit: str, dice: Random) -> Done:
    """The city opens an accepted return again."""
    world.city.actions.accept.reopen(key_of(unit), "a slip was found")
    return Done("city reopens", CITY, unit)


def city_corrects(world: World, unit: str, dice: Random) -> Done:
    """The city corrects a cell, with the reason."""
    code, why = dice.choice(sorted(FOURTEEN)), f"corrected by telephone {dice.randint(1, 99)}"
    text, before = figure(code, dice), texts_now(world.city, unit, code)
    world.city.actions.fill.correct(key_of(unit), code, [TextEdit(text)], why)
    put(world, CITY, unit, code, {**before, "value": WORDS.get(text, text)})
    return Done("city corrects", CITY, unit, f"{code} = {text!r}", why=why)


def saves(world: World, unit: str, dice: Random) -> Done:
    """Somebody copies a file, or another program saves it again, or types into it."""
    if not world.post.letters:
        return Done("saves")
    letter, kind = dice.choice(world.post.letters), dice.random()
    name = letter.path.name
    if kind < 0.3:
        return Done("saves", said=f"{world.post.copy(letter).path.name}, a copy of {name}")
    if kind < 0.6 or world.post.real:
        return Done("saves", said=f"{world.post.saved_again(letter).path.name}, {name} saved elsewhere")
    codes = dice.sample(sorted(FOURTEEN), 12 if letter.template else 2)
    typed = {(code, "value"): dice.choice((FOURTEEN[code], "", "0", "3")) for code in codes}
    made = world.post.by_hand(letter, typed).path.name
    return Done("saves", said=f"{made}, {name} with {typed}")


def city_takes(world: World, unit: str, dice: Random) -> Done:
    """The city takes a file in as ``--accept`` does."""
    return _takes(world, CITY, dice, "takes")


def city_decides(world: World, unit: str, dice: Random) -> Done:
    """The city takes a file in and decides on every line."""
    return _takes(world, CITY, dice, "decides")


def county_takes(world: World, unit: str, dice: Random) -> Done:
    """A county takes a file in."""
    return _takes(world, unit, dice, dice.choice(("takes", "decides")))


def _takes(world: World, office: str, dice: Random, what: str) -> Done:
    if not world.post.letters:
        return Done(what)
    # The newest file is as likely as all others together.
    letters = world.post.letters
    letter = letters[-1] if dice.random() < 0.5 else dice.choice(letters)
    receive = world.seats[office].office.actions.receive
    preview = receive.preview(letter.path)
    decisions = receive.accept_all(preview) if what == "takes" else decided(preview, dice)
    receive.apply(preview, decisions, heads_asked=preview.must_ask)
    if office == CITY:
        due = [item.code for item in letter.content.duty.indicators if letter.content.duty.owes(item)]
        world.truth.applied(letter, due, preview.rows, decisions)
    said = f"{letter.path.name} of {letter.unit}"
    return Done(what, office, letter.unit, said, letter, asked=preview.must_ask)


def decided(preview: ImportPreview, dice: Random | None = None) -> Decisions:
    """A decision on every line; without dice everything that stands here is kept."""
    found = {}
    for row in preview.rows:
        take = row.subject == FILE_SUBJECT or (dice is not None and dice.random() < 0.6)
        if row.status is not RowStatus.SAME:
            found[row.index] = (Decision.TAKE if take else Decision.KEEP, "")
    return found
