"""Several plans in one workspace, and figures that two plans share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from kjxd_desktop.wording.filling.notes import note_sentence
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office, county_office

OTHER = "huining-2024"
HERE, THERE = (PLAN, "I13"), (OTHER, "I13")
OTHER_KEY = ReturnKey(OTHER, COUNTY, KEY.period)


def own_plan() -> Plan:
    """The county's own plan, with the city's indicators under the same codes."""
    plan = BuiltInPlans().load(PLAN)
    return replace(plan, id=OTHER, title="会宁县科技计划", short_title="会宁县科技计划", period=(2023, 2026))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        opened.actions.plans.adopt(own_plan())
        yield opened


def value(office: Office, key: ReturnKey, code: str = "I13") -> str | None:
    found = office.actions.fill.row(key, code).entry.value
    return None if found is None else str(found)


def test_nothing_is_shared_by_name_alone(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    assert value(office, OTHER_KEY) is None
    pairs = office.actions.share.pairs(PLAN)
    assert len(pairs) >= 16 and not any(pair.shared for pair in pairs)


def test_a_shared_figure_is_filled_once(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    changes = office.actions.share.share(HERE, THERE)
    assert dict(changes.notes)["shared"] == (("filled", "1"), ("differ", "0"))
    assert value(office, OTHER_KEY) == "12"
    told = office.actions.fill.edit(OTHER_KEY, "I13", TextEdit("13")).notes
    assert [code for code, _ in told] == ["shared_kept"]
    assert value(office, KEY) == "13"
    office.actions.share.part(HERE, THERE)
    office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    assert value(office, OTHER_KEY) == "13"
    # What is not shared cannot be parted: somebody meant another one.
    with pytest.raises(ProblemError) as caught:
        office.actions.share.part(HERE, THERE)
    assert caught.value.problem.code == "not_shared"


def test_figures_that_differ_stay_and_are_counted(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(OTHER_KEY, "I13", TextEdit("15"))
    changes = office.actions.share.share(HERE, THERE)
    assert dict(changes.notes)["shared"] == (("filled", "0"), ("differ", "1"))
    assert (value(office, KEY), value(office, OTHER_KEY)) == ("12", "15")


def test_a_sent_return_of_the_other_plan_stays(office: Office) -> None:
    office.actions.share.share(HERE, THERE)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    with office.store.writing("test", None) as uow:
        head = uow.returns.find(OTHER_KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.SUBMITTED))
    told = office.actions.fill.edit(KEY, "I13", TextEdit("14")).notes
    assert [code for code, _ in told] == ["shared_locked"]
    assert value(office, OTHER_KEY) == "12"


def test_periods_outside_the_other_plan_are_not_written(office: Office) -> None:
    office.actions.share.share(HERE, THERE)
    early = replace(KEY, period=Period(2017, 4))
    office.actions.fill.edit(early, "I13", TextEdit("3"))
    with office.store.reading() as uow:
        assert uow.returns.find(replace(OTHER_KEY, period=early.period)) is None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [("I13", "I15", "kind"), ("I12", "I13", "unit"), ("I04", "I05", "kind"), ("I09", "I08", "unit")],
)
def test_unlike_figures_cannot_be_shared(office: Office, one: str, other: str, why: str) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.share.share((PLAN, one), (OTHER, other))
    assert (caught.value.problem.code, caught.value.problem.params["why"]) == ("cannot_share", why)


def test_one_figure_has_one_partner_in_a_plan(office: Office) -> None:
    office.actions.share.share(HERE, THERE)
    with pytest.raises(ProblemError) as caught:
        office.actions.share.share(HERE, (OTHER, "I14"))
    assert caught.value.problem.code == "shared_otherwise"


def test_what_is_owed_under_the_other_plan_is_told(office: Office) -> None:
    (other,) = office.actions.standing.elsewhere(KEY)
    assert (other.plan.id, other.cells, other.tasks) == (OTHER, 14, 32)
    assert office.actions.standing.elsewhere(replace(KEY, period=Period(2022, 1))) == ()


def test_the_desk_goes_to_a_plan_and_period_it_knows(office: Office) -> None:
    desk = office.actions.desk
    assert [plan.id for plan in desk.desk().plans] == [PLAN, OTHER]
    desk.choose_period(Period(2022, 2))
    desk.choose_plan(OTHER)
    assert (desk.desk().plan.id, desk.desk().period) == (OTHER, Period(2024, 3))


def test_an_office_that_is_not_in_a_plan_is_asked(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        with pytest.raises(ProblemError) as caught:
            office.actions.plans.use("wuwei-145")
        assert caught.value.problem.code == "office_not_in_plan"
        assert office.actions.plans.consider(BuiltInPlans().load("wuwei-145")).own is None
        assert len(office.actions.desk.desk().plans) == 1


@pytest.mark.parametrize("late", [False, True])
def test_what_carries_a_shared_figure_in_the_other_plan_is_checked_anew(office: Office, late: bool) -> None:
    one, other = (HERE[0], "I04"), (THERE[0], "I04")
    share, fill = office.actions.share, office.actions.fill
    later = replace(OTHER_KEY, period=KEY.period.next())
    if not late:
        share.share(one, other)
        fill.edit(KEY, "I04", TextEdit("0.69"))
    with office.store.writing("test", None) as uow:
        revision = uow.plans.revisions(later.plan_id)[-1]
        uow.returns.put(Return(later, revision, state=ReturnState.CHECKED))
    if late:
        fill.edit(KEY, "I04", TextEdit("0.70"))
        told = share.share(one, other).notes
    else:
        told = fill.edit(KEY, "I04", YearEdit(2023), TextEdit("0.70")).notes
    assert value(office, later, "I04") == "0.70"
    assert fill.sheet(later).head.state is ReturnState.DRAFT
    assert ("later_reopened", (("period", later.period.key),)) in told


def test_a_copy_of_the_same_figure_does_not_differ(office: Office) -> None:
    fill = office.actions.fill
    for key in (KEY, OTHER_KEY):
        fill.edit(replace(key, period=Period(2023, 3)), "I04", TextEdit("0.69"))
    fill.carry_on(KEY, ["I04"])
    fill.edit(OTHER_KEY, "I04", YearEdit(2022), TextEdit("0.69"))
    told = dict(office.actions.share.share((HERE[0], "I04"), (THERE[0], "I04")).notes)
    assert dict(told["shared"])["differ"] == "0"


def stood(office: Office, here: str, there: str) -> None:
    """Earlier figures of one year that differ in the two plans, which share the indicator from now on."""
    fill = office.actions.fill
    for key, text in ((KEY, here), (OTHER_KEY, there)):
        fill.edit(replace(key, period=Period(2023, 3)), "I04", YearEdit(2022), TextEdit(text))


def test_a_figure_that_is_let_stand_takes_no_other_figure_s_place(office: Office) -> None:
    fill, one, other = office.actions.fill, (HERE[0], "I04"), (THERE[0], "I04")
    stood(office, "0.69", "0.73")
    assert dict(dict(office.actions.share.share(one, other).notes)["shared"])["differ"] == "1"
    told = dict(fill.carry_on(KEY, ["I04"]).notes)
    assert set(told) == {"shared_stands"}
    said = note_sentence("shared_stands", told["shared_stands"])
    assert "现有的是 2022 年的 0.73" in said and "这里沿用的 2022 年的 0.69" in said
    row = fill.row(OTHER_KEY, "I04")
    # There it still waits for a person, with its own figure.
    assert (row.awaits, str(row.entry.value), row.kept.filled) == (True, "0.73", False)
    assert (
        office.actions.standing.left(OTHER_KEY)[0] == office.actions.status.status(OTHER_KEY).indicators_due
    )
    fill.carry_on(OTHER_KEY, ["I04"])
    assert (str(fill.row(OTHER_KEY, "I04").kept.value), str(fill.row(KEY, "I04").kept.value)) == (
        "0.73",
        "0.69",
    )


def test_where_the_figures_agree_both_stand(office: Office) -> None:
    fill, one, other = office.actions.fill, (HERE[0], "I04"), (THERE[0], "I04")
    stood(office, "0.69", "0.69")
    office.actions.share.share(one, other)
    assert dict(fill.carry_on(KEY, ["I04"]).notes).keys() == {"shared_kept"}
    row = fill.row(OTHER_KEY, "I04")
    assert (row.awaits, str(row.kept.value), row.kept.carried) == (False, "0.69", True)


def test_what_is_marked_there_stays(office: Office) -> None:
    fill, one, other = office.actions.fill, (HERE[0], "I04"), (THERE[0], "I04")
    stood(office, "0.69", "0.73")
    office.actions.share.share(one, other)
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(OTHER_KEY, uow.plans.revisions(OTHER)[-1]))
        uow.returns.put_entry(OTHER_KEY, "I04", Entry(EntryStatus.NOT_APPLICABLE))
    (note,) = fill.carry_on(KEY, ["I04"]).notes
    assert "现有的是“不适用”" in note_sentence(*note)
    assert fill.row(OTHER_KEY, "I04").kept.status is EntryStatus.NOT_APPLICABLE


def test_where_nothing_stands_it_is_written(office: Office) -> None:
    fill = office.actions.fill
    stood_here = replace(KEY, period=Period(2023, 3))
    fill.edit(stood_here, "I04", YearEdit(2022), TextEdit("0.69"))
    with office.store.writing("test", None) as uow:
        uow.plans.put_shared((HERE[0], "I04"), (THERE[0], "I04"), True)
    assert dict(fill.carry_on(KEY, ["I04"]).notes).keys() == {"shared_kept"}
    assert str(fill.row(OTHER_KEY, "I04").kept.value) == "0.69"
