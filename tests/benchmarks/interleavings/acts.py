"""What a county does with its own return, and what both sides do with their workspaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.form_texts import entry_texts
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.ports import LineFilter
from tests.benchmarks.interleavings.post import Letter
from tests.benchmarks.interleavings.world import NAMES, World, key_of
from tests.helpers.offices import CITY, FOURTEEN, PLAN, answer_all

WORDS = {"不适用": "not_applicable", "未公布": "not_published"}
NEWEST = 30


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did.

    Attributes:
        what: The act.
        office: Where; empty when there was nothing to do it with.
        unit: Whose return it may have changed; empty for none.
        said: In words.
        letter: The file that was written or taken in.
        why: The reason every changed cell must have in history.
        asked: The sender had to be asked before the file was written.
    """

    what: str
    office: str = ""
    unit: str = ""
    said: str = ""
    letter: Letter | None = None
    why: str = ""
    asked: bool = False


Act = Callable[[World, str, Random], Done]


def texts_now(office: Office, unit: str, code: str) -> dict[str, str]:
    """An entry as it stands, in texts."""
    with office.store.reading() as uow:
        return entry_texts(uow.returns.entries(key_of(unit)).get(code, MISSING))


def figure(code: str, dice: Random) -> str:
    """A plausible figure for a cell; sometimes a zero or a mark."""
    odd = dice.random()
    if odd < 0.1:
        return "0"
    if odd < 0.16:
        return dice.choice(sorted(WORDS))
    return str(Decimal(FOURTEEN[code]) + dice.randint(0, 9))


def put(world: World, office: str, unit: str, code: str, texts: Mapping[str, str]) -> None:
    """Tell the truth what a cell must hold from now on."""
    tell = world.truth.city_put if office == CITY else world.truth.county_put
    tell(unit, code, texts)


def edit(world: World, office: str, unit: str, dice: Random) -> str:
    """Type into one cell, clear it, or write its remark."""
    actions, code = world.seats[office].office.actions, dice.choice(sorted(FOURTEEN))
    before, kind = texts_now(world.seats[office].office, unit, code), dice.random()
    if kind < 0.6:
        text = figure(code, dice)
        after = {**before, "value": WORDS.get(text, text)}
        actions.fill.edit(key_of(unit), code, TextEdit(text))
    elif kind < 0.8:
        text, after = "", {**before, "value": ""}
        actions.fill.edit(key_of(unit), code, TextEdit(""))
    else:
        text = f"{NAMES[office]} on {unit}, {dice.randint(1, 99)}"
        after = {**before, "note": text}
        actions.fill.edit(key_of(unit), code, RemarkEdit("note", text))
    put(world, office, unit, code, after)
    return f"{code} = {text!r}"


def types(world: World, unit: str, dice: Random) -> Done:
    """A county edits a cell."""
    return Done("types", unit, unit, edit(world, unit, unit, dice))


def fills(world: World, unit: str, dice: Random) -> Done:
    """A county fills every cell that is blank, in one block."""
    office = world.seats[unit].office
    rows = office.actions.fill.sheet(key_of(unit)).rows
    blank = [row.indicator.code for row in rows if row.due and not row.entry.filled]
    texts = {code: str(Decimal(FOURTEEN[code]) + dice.randint(0, 2)) for code in blank}
    before = {code: texts_now(office, unit, code) for code in blank}
    edits = [(code, TextEdit(text)) for code, text in texts.items()]
    for code in office.actions.fill.set_block(key_of(unit), edits).before:
        put(world, unit, unit, code, {**before[code], "value": texts[code]})
    return Done("fills", unit, unit, " ".join(texts))


def explains(world: World, unit: str, dice: Random) -> Done:
    """A county answers every question of the checks."""
    answer_all(world.seats[unit].office, key_of(unit))
    return Done("explains", unit, unit)


def reports(world: World, unit: str, dice: Random) -> Done:
    """A county reports on a task."""
    report = world.seats[unit].office.actions.report
    task, percent = dice.choice(report.sheet(key_of(unit)).rows).task.code, dice.randint(0, 99)
    progress = Progress(TaskStatus.IN_PROGRESS, percent, f"done by {unit}")
    report.put(key_of(unit), task, progress)
    return Done("reports", unit, unit, f"{task} at {percent} %")


def checks(world: World, unit: str, dice: Random) -> Done:
    """A county marks its return checked."""
    world.seats[unit].office.actions.check.mark_checked(key_of(unit))
    return Done("checks", unit, unit)


def signs(world: World, unit: str, dice: Random) -> Done:
    """A county's head signs, or takes the signature back."""
    sign_off = world.seats[unit].office.actions.sign_off
    if dice.random() < 0.2:
        sign_off.take_back(key_of(unit), "again")
        return Done("signs", unit, unit, "taken back")
    sign_off.sign_off(key_of(unit), Signature(head=f"head of {unit}", filled_by="clerk", phone="0943-1"))
    return Done("signs", unit, unit)


def submits(world: World, unit: str, dice: Random) -> Done:
    """A county sends its return."""
    path = world.post.place()
    world.seats[unit].office.actions.send.submit(key_of(unit), path)
    return Done("submits", unit, unit, path.name, world.post.sent(path))


def withdraws(world: World, unit: str, dice: Random) -> Done:
    """A county takes its return back."""
    world.seats[unit].office.actions.send.withdraw(key_of(unit), "a slip")
    return Done("withdraws", unit, unit)


def restores(world: World, office: str, dice: Random) -> Done:
    """Either side puts back what one of the newest lines of history held."""
    seat = world.seats[office].office
    wanted = LineFilter(PLAN, kinds=frozenset({"entry", "progress"}))
    lines = seat.actions.look_back.raw(wanted, NEWEST)
    if not lines:
        return Done("restores")
    number, side = dice.choice(lines).line, dice.choice(list(Side))
    with seat.store.reading() as uow:
        kept = uow.history.kept_change(number)
    assert kept is not None, "a line of an entry or a task"
    seat.actions.look_back.restore(number, side)
    unit = kept.key.unit_code
    if isinstance(kept.new, Entry):
        content = kept.new if side is Side.NEW else kept.old or MISSING
        assert isinstance(content, Entry), "a line of a cell"
        put(world, office, unit, kept.code, entry_texts(content))
    return Done("restores", office, unit, f"line {number} of {kept.code}, {side.value}")


def comes_again(world: World, office: str, dice: Random) -> Done:
    """Either side closes its workspace and opens it again."""
    world.reopen(office)
    return Done("comes again", office)


def at_the_city(act: Act) -> Act:
    """The same act, done by the city."""
    return lambda world, unit, dice: act(world, CITY, dice)
