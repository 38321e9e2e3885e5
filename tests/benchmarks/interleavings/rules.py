"""What must hold after every step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.check_code import check_code, content_digest
from kjxd_desktop.domain.returns.returns import SENT, ReturnState
from kjxd_desktop.usecases.filling.passage import corrected
from kjxd_desktop.usecases.receiving.receive import WHY
from tests.benchmarks.interleavings.acts import Done
from tests.benchmarks.interleavings.file_acts import decided
from tests.benchmarks.interleavings.post import FIELDS, Letter
from tests.benchmarks.interleavings.world import NAMES, UNITS, Held, Picture, World, key_of
from tests.helpers.offices import CITY

Pictures = Mapping[str, Picture]
REFUSALS = (ProblemError, FileFault)
# What a county does not fill.
PUBLISHED = {"I01", "I02"}
IMPORTS = ("takes", "decides")


class Breach(Exception):
    """Something does not hold.

    Attributes:
        rule: Which rule, in words; a shorter list of steps must break the same one.
    """

    def __init__(self, rule: str, said: str) -> None:
        super().__init__(f"{rule}: {said}")
        self.rule = rule


def reopened(world: World) -> frozenset[str]:
    """Units whose return the city accepted once in this round."""
    with world.city.store.reading() as uow:
        return frozenset(unit for unit in UNITS if corrected(uow, key_of(unit)))


def require(holds: bool, rule: str, said: object = "") -> None:
    """Breach a rule that does not hold."""
    if not holds:
        raise Breach(rule, str(said))


def refused_changed_nothing(before: Pictures, after: Pictures) -> None:
    """A refusal leaves everything as it was, history too."""
    for unit, picture_before in before.items():
        require(after[unit] == picture_before, "a refusal changes nothing", NAMES[unit])


def sound(world: World) -> None:
    """Every workspace verifies; one in which nothing was written since still does."""
    for unit, seat in world.seats.items():
        if seat.verified == seat.version:
            continue
        try:
            answer = seat.office.store.verify()
        except WorkspaceFault as fault:
            raise Breach("every workspace verifies", f"{NAMES[unit]}: {fault}") from fault
        require(answer.ok, "every workspace verifies", f"{NAMES[unit]}: {answer}")
        seat.verified = seat.version


def only_its_own(done: Done, before: Pictures, after: Pictures) -> None:
    """A step changes its own office, and in it no return but the one it is about."""
    for office in before:
        if office != done.office:
            require(after[office] == before[office], "a step changes its own office only", NAMES[office])
        for unit in {*before[office].returns, *after[office].returns} - {done.unit}:
            same = after[office].of(unit) == before[office].of(unit)
            require(same, "a step changes its own return only", f"{NAMES[office]}: {unit}")
        if after[office].returns != before[office].returns:
            grew = after[office].line > before[office].line
            require(grew, "every change has its line of history", NAMES[office])


def no_strangers(after: Pictures) -> None:
    """Nothing that one unit wrote stands in another's return."""
    for office, shown in after.items():
        for unit, held in shown.returns.items():
            require(office in (CITY, unit), "a county holds its own return", f"{NAMES[office]}: {unit}")
            words = [entry.get("note", "") for entry in held.entries.values()]
            words += [task.get("done", "") for task in held.tasks.values()]
            for other in set(UNITS) - {unit}:
                strange = [text for text in words if other in text]
                require(not strange, "nothing of one unit stands in another's", f"{unit}: {strange}")


def accepted_stays(done: Done, before: Held, after: Held, opened: bool) -> None:
    """What the city accepted changes by a correction with a reason only, or where a person decided lines."""
    same = before.content == after.content
    state = None if before.head is None else before.head.state
    if state is ReturnState.ACCEPTED:
        require(same or done.what == "decides", "an accepted return stays", done.said)
        still = before.head == after.head or done.what in ("decides", "city reopens")
        require(still, "an accepted return stays accepted", done.said)
    elif opened and state is ReturnState.SUBMITTED:
        allowed = done.what in ("city corrects", *IMPORTS)
        require(same or allowed, "a reopened return changes with a reason", done.said)


def reason_in_history(world: World, done: Done, before: Picture) -> None:
    """Every line of a correction says why."""
    with world.city.store.reading() as uow:
        lines = [item for item in uow.history.of(key=key_of(done.unit)) if item.line > before.line]
    wrong = [item.why for item in lines if item.why != done.why]
    require(not wrong, "a correction says why in history", wrong)


def locked_stays(done: Done, before: Held, after: Held) -> None:
    """An import changes nothing in a county's locked return."""
    if before.head is not None and before.head.state in SENT:
        require(before == after, "a locked return is never changed by an import", done.said)


def twice_is_once(world: World, done: Done, after: Pictures) -> None:
    """The same file a second time, decided alike, changes nothing."""
    assert done.letter is not None, "an import"
    seat = world.seats[done.office].office
    receive = seat.actions.receive
    try:
        preview = receive.preview(done.letter.path)
        easy = done.what == "takes"
        receive.apply(preview, receive.accept_all(preview) if easy else decided(preview), heads_asked=True)
    except REFUSALS:
        # It cannot be taken a second time at all; the pictures say whether nothing was written.
        done = replace(done, said=f"{done.said}, refused the second time")
    again, once = world.seats[done.office].picture(), after[done.office]
    same = (again.returns, again.split) == (once.returns, once.split)
    require(same, "the same file twice changes nothing", done.said)
    if done.office == CITY:
        require(again.line == once.line, "the same file twice leaves no line", done.said)


def truth_stands(world: World, after: Pictures) -> None:
    """Counties hold what they typed; the city what the last files held, but for its own."""
    tellings = [(CITY, unit, world.truth.city[unit]) for unit in UNITS]
    tellings += [(unit, unit, world.truth.county[unit]) for unit in UNITS]
    for office, unit, told in tellings:
        held = after[office].of(unit)
        # What the city publishes stands in a county by its template.
        published = set() if office == CITY else PUBLISHED
        codes = ({code for code, _ in told} | set(held.entries)) - published
        for code, name in [(code, name) for code in codes for name in FIELDS]:
            text, stands = told.get((code, name), ""), held.text(code, name)
            where = f"{NAMES[office]}, {unit} {code} {name}: {stands!r}, not {text!r}"
            require(not (stands == "0" and not text), "a blank never becomes 0", where)
            require(stands == text, "a figure is the last file's, or one's own", where)


def own_is_told(world: World) -> None:
    """Where the city holds its own, history or the last import's decisions say so."""
    with world.city.store.reading() as uow:
        for unit in UNITS:
            key = key_of(unit)
            last = uow.exchange.last_import(key)
            kept = {
                (item.get("code"), item.get("field"))
                for item in (json.loads(last.decisions) if last else ())
                if item.get("decision") == "keep" and item.get("subject") == "entry"
            }
            for code, name in world.truth.own[unit]:
                lines = [item for item in uow.history.of(key=key, code=code) if item.what == "entry"]
                typed = bool(lines) and not lines[0].why.startswith(f"{WHY}:")
                told = typed or (code, name) in kept
                require(told, "the city's own is told", f"{unit} {code} {name}")


def code_fits(world: World, unit: str, letter: Letter) -> None:
    """The check code of a sent return, worked out from what stands now, is the one that was told."""
    identity, content = letter.content.identity, letter.content
    key, codes = key_of(unit), {item.code for item in content.duty.indicators}
    tasks = {item.code for item in content.duty.tasks}
    sent = {(item.code, item.rule) for item in content.explanations}
    with world.seats[unit].office.store.reading() as uow:
        head = uow.returns.find(key)
        assert head is not None, "it was sent"
        now = Submission(
            key=key,
            revision=head.revision,
            plan_digest=identity.plan_digest,
            round=head.round,
            earlier=identity.earlier,
            entries={code: item for code, item in uow.returns.entries(key).items() if code in codes},
            explanations=[item for item in uow.returns.explanations(key) if (item.code, item.rule) in sent],
            progress={code: item for code, item in uow.returns.progress(key).items() if code in tasks},
            signature=head.signature,
        )
    again = check_code(content_digest(now))
    told = {head.check_code, identity.check_code, again}
    require(len(told) == 1, "the check code comes out again", f"{unit}: {sorted(told)}")


def honest_is_not_suspected(done: Done) -> None:
    """Nobody here changes a data file or a workbook past the program: whatever order files come in, none is asked about.

    A template that comes back filled by hand is: its unit has the program, and told of its history before.
    """
    assert done.letter is not None, "taken in"
    require(done.letter.template or not done.asked, "an honest file is not suspected", done.said)


def code_arrived(done: Done, held: Held) -> None:
    """A faithful file that was taken as it is has its check code in the city."""
    assert done.letter is not None and held.head is not None, "taken in"
    code = done.letter.content.identity.check_code
    require(held.head.check_code == code, "the city has the told check code", done.said)
