"""A full disk, a read-only file and a failing disk for every writing use case: a sentence, and nothing half."""

from __future__ import annotations

import ast
import gc
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import kjxd_desktop.usecases
from kjxd_desktop import paths
from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome
from kjxd_desktop.storage.opening import made_store
from kjxd_desktop.storage.people.passwords import Argon2Passwords
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, TextEdit, YearEdit
from kjxd_desktop.usecases.people.operators import Operators
from kjxd_desktop.usecases.planning.revise import RevisePlan
from kjxd_desktop.usecases.planning.set_up import SetUp
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.wording.faults import fault_sentence
from tests.helpers.clocks import Watch
from tests.helpers.kill_kinds import Prepared
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PLAN,
    FixedClock,
    again,
    city_office,
    county_office,
    fill_all,
    put_operators,
)
from tests.helpers.return_contents import built_in_plan, return_content
from tests.helpers.return_files import OnePlan, return_file, signed
from tests.helpers.revisions import with_targets

BACK = Period(2023, 1)
OTHER = "demo-other"
Act = Callable[[Office], object]


def nothing(_office: Office) -> None:
    """A new workspace as it is."""


def clean(office: Office) -> None:
    """Everything filled and explained."""
    fill_all(office)
    for finding in office.actions.check.check(KEY).findings:
        if finding.blocks:
            office.actions.fill.explain(KEY, finding.code, finding.rule, "已核对")


def task(office: Office) -> str:
    return office.actions.report.sheet(KEY).rows[0].task.code


def attached(office: Office) -> None:
    path = office.store.path.with_name("照片.jpg")
    path.write_bytes(b"0123456789" * 1000)
    office.actions.report.attach(KEY, task(office), path)


def submitted(office: Office) -> None:
    clean(office)
    office.actions.send.submit(KEY, office.store.path.with_name("已报.xlsx"))


def to_explain(office: Office) -> None:
    """Last quarter far from this one: a finding that asks for a reason."""
    office.actions.backfill.set_block(PLAN, COUNTY, [(KEY.period.previous(), "I13", "2")])
    fill_all(office)


def an_older_figure(office: Office) -> None:
    """2022's figure from the second quarter, where 2023's is published."""
    office.actions.fill.edit(
        replace(KEY, period=KEY.period.previous()), "I04", YearEdit(2022), TextEdit("0.58")
    )


def explain(office: Office) -> object:
    found = next(item for item in office.actions.check.check(KEY).findings if item.blocks and item.rule)
    return office.actions.fill.explain(KEY, found.code, found.rule, "新增的企业")


def detach(office: Office) -> object:
    kept = office.actions.report.sheet(KEY).rows[0].progress.evidence[0]
    return office.actions.report.detach(KEY, task(office), kept.digest)


def picture(office: Office) -> None:
    office.store.path.with_name("现场.jpg").write_bytes(b"9876543210" * 1000)


def attach(office: Office) -> object:
    return office.actions.report.attach(KEY, task(office), office.store.path.with_name("现场.jpg"))


def in_words(office: Office) -> None:
    """A target that no figure can answer."""
    with office.store.writing("test", None) as uow:
        wanted = Target(2025, TargetKind.TARGET, text="0的突破", unit_code=COUNTY)
        uow.splits.put_target(PLAN, COUNTY, "I13", wanted)


def other_plan() -> Plan:
    plan = built_in_plan()
    return replace(plan, id=OTHER, title="另一个方案", short_title="另一个", document="")


def revise(office: Office) -> object:
    plan = with_targets(office.actions.plans.plan(PLAN), "I13", "12", "17")
    adjusted = replace(plan, adjustment=Adjustment(Period(2024, 1), "调目标", "市里通知"))
    return office.actions.plans.adopt(adjusted, summary="调目标", reason="市里通知")


def two_plans(office: Office) -> None:
    office.actions.plans.adopt(other_plan())


@dataclass(frozen=True, slots=True)
class Case:
    """A writing use case: what must be there, and the call."""

    act: Act
    arrange: Act = nothing
    city: bool = False


def do(name: str, *args: object) -> Act:
    """A call such as ``fill.edit`` with its arguments."""
    part, _, method = name.partition(".")
    return lambda office: getattr(getattr(office.actions, part), method)(*args)


SIGNED = Signature("张建平", "李秀梅", "王芳", "0943-1234567", "2024-10-08")
PAIR = ((PLAN, "I13"), (OTHER, "I13"))
CASES: dict[str, Case] = {
    "Fill.edit": Case(do("fill.edit", KEY, "I13", TextEdit("12"), RemarkEdit("note", "按口径核对"))),
    "Fill.restore": Case(do("fill.restore", KEY, {"I13": Entry(EntryStatus.REPORTED, Decimal(9))}, "undo")),
    "Fill.set_block": Case(do("fill.set_block", KEY, [("I13", TextEdit("12")), ("I14", TextEdit("8"))])),
    "Fill.carry_on": Case(do("fill.carry_on", KEY, ["I04"]), an_older_figure),
    "Fill.explain": Case(explain, to_explain),
    "Fill.set_signature": Case(do("fill.set_signature", KEY, Signature(head="张三", phone="0943-1"))),
    "ReportProgress.put": Case(
        lambda office: office.actions.report.put(
            KEY, task(office), Progress(TaskStatus.IN_PROGRESS, 40, "引进新品种 6 个")
        )
    ),
    "ReportProgress.no_change": Case(lambda office: office.actions.report.no_change(KEY, task(office))),
    "ReportProgress.not_involved": Case(
        lambda office: office.actions.report.not_involved(KEY, (task(office),))
    ),
    "ReportProgress.restore": Case(
        lambda office: office.actions.report.restore(
            KEY, task(office), Progress(TaskStatus.IN_PROGRESS, 40, "引进新品种 6 个")
        )
    ),
    "ReportProgress.attach": Case(attach, picture),
    "ReportProgress.detach": Case(detach, attached),
    "Check.mark_checked": Case(do("check.mark_checked", KEY), clean),
    "SetTargets.set_target": Case(
        do("targets.set_target", PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
    ),
    "SetTargets.set_baseline": Case(do("targets.set_baseline", PLAN, COUNTY, "I13", 2021, "6")),
    "SetTargets.set_deadline": Case(
        do("targets.set_deadline", PLAN, KEY.period, datetime(2024, 10, 15, 18)), city=True
    ),
    "Achieve.mark": Case(
        lambda office: office.actions.achieve.mark(
            KEY, "I13", "首家投产", office.store.path.with_name("现场.jpg")
        ),
        lambda office: (picture(office), in_words(office)),
    ),
    "Achieve.take_back": Case(
        do("achieve.take_back", KEY, "I13", "标错了"),
        lambda office: (in_words(office), office.actions.achieve.mark(KEY, "I13", "首家投产")),
    ),
    "Backfill.set_block": Case(do("backfill.set_block", PLAN, COUNTY, [(BACK, "I13", "5")])),
    "Backfill.restore": Case(
        do("backfill.restore", PLAN, COUNTY, {f"{BACK.key}/I13": MISSING}, "undo"),
        do("backfill.set_block", PLAN, COUNTY, [(BACK, "I13", "5")]),
    ),
    "Decompose.assign": Case(do("decompose.assign", PLAN, [(COUNTY, "I13")], False), city=True),
    "ShareIndicators.share": Case(do("share.share", *PAIR), two_plans, city=True),
    "ShareIndicators.part": Case(
        do("share.part", *PAIR),
        lambda office: (two_plans(office), do("share.share", *PAIR)(office)),
        city=True,
    ),
    "RevisePlan.adopt": Case(revise, city=True),
    "RevisePlan.use": Case(lambda office: use(office), city=True),
    "Send.submit": Case(
        lambda office: office.actions.send.submit(KEY, office.store.path.with_name("报表.xlsx")), clean
    ),
    "Send.withdraw": Case(do("send.withdraw", KEY, "高企数填错"), submitted),
    "Receive.apply": Case(lambda office: take_in(office), city=True),
}
CASES |= {
    "SignOff.sign_off": Case(do("sign_off.sign_off", KEY, SIGNED), clean),
    "SignOff.take_back": Case(
        do("sign_off.take_back", KEY, "还要改"), lambda office: (clean(office), sign(office))
    ),
    "Accept.accept": Case(do("accept.accept", KEY), lambda office: take_in(office), city=True),
    "Accept.reopen": Case(do("accept.reopen", KEY, "数填错"), lambda office: accepted(office), city=True),
    "Fill.correct": Case(
        do("fill.correct", KEY, "I13", [TextEdit("11")], "核减 1 家"),
        lambda office: reopened(office),
        city=True,
    ),
    "ReportProgress.correct": Case(
        lambda office: office.actions.report.correct(
            KEY, task(office), Progress(TaskStatus.IN_PROGRESS, 30, "核实后改"), "现场核实"
        ),
        lambda office: reopened(office),
        city=True,
    ),
    "Rekey.set_text": Case(do("rekey.set_text", KEY, "I13", "12"), lambda office: keyed_twice(office)),
    "Rekey.set_components": Case(
        do("rekey.set_components", KEY, "I04", "26.5", "3500"), lambda office: keyed_twice(office)
    ),
    "Rekey.settle": Case(
        do("rekey.settle", KEY, "I13", Outcome.SECOND),
        lambda office: (keyed_twice(office), office.actions.rekey.set_text(KEY, "I13", "21")),
    ),
    "Operators.add": Case(do("operators.add", "李主任", OperatorRole.ADMIN)),
    "Operators.change_role": Case(
        lambda office: as_admin(office).change_role("王芳", OperatorRole.CHECKER),
        lambda office: two_people(office),
    ),
    "Operators.leave": Case(lambda office: as_admin(office).leave("王芳"), lambda office: two_people(office)),
    "Operators.come_back": Case(
        lambda office: as_admin(office).come_back("王芳"),
        lambda office: (two_people(office), as_admin(office).leave("王芳")),
    ),
    "Operators.set_password": Case(
        lambda office: as_admin(office).set_password("王芳", "秋天的麦子田"),
        lambda office: two_people(office),
    ),
    "Operators.clear_password": Case(
        lambda office: as_admin(office).clear_password("王芳"),
        lambda office: (two_people(office), as_admin(office).set_password("王芳", "秋天的麦子田")),
    ),
    "Operators.new_recovery_code": Case(
        lambda office: as_admin(office).new_recovery_code(), lambda office: two_people(office)
    ),
    "Operators.reset_password": Case(
        lambda office: office.actions.operators.reset_password("王芳", code_of(office), "冬天的麦子田"),
        lambda office: with_code(office),
    ),
}
# A workspace is filled and written once only; signing in, and being wrong at it, must go without writing: tests of
# their own.
APART = {"SetUp.set_up", "Operators.sign_in", "Pauses.begin", "Pauses.wrong", "Pauses.right"}


def sign(office: Office) -> object:
    return office.actions.sign_off.sign_off(KEY, SIGNED)


def accepted(office: Office) -> None:
    take_in(office)
    office.actions.accept.accept(KEY)


def reopened(office: Office) -> None:
    accepted(office)
    office.actions.accept.reopen(KEY, "数填错")


def keyed_twice(office: Office) -> None:
    """The plan wants two indicators keyed a second time."""
    plan = replace(office.actions.plans.plan(PLAN), rekeyed=("I04", "I13"), revision=1)
    with office.store.writing("test", None) as uow:
        adjusted = replace(plan, revision=2, adjustment=Adjustment(Period(2024, 1), "复录", "市里通知"))
        uow.plans.add(adjusted)
    fill_all(office)
    office.actions.fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))


def two_people(office: Office) -> None:
    put_operators(office, 李主任=OperatorRole.ADMIN, 王芳=OperatorRole.FILLER)


def as_admin(office: Office) -> Operators:
    office.actions.operators.sign_in("李主任")
    return office.actions.operators


def with_code(office: Office) -> None:
    """A recovery code, written down beside the workspace."""
    two_people(office)
    made = as_admin(office).set_password("王芳", "秋天的麦子田")
    office.store.path.with_name("恢复码.txt").write_text(made.recovery_code, "utf-8")


def code_of(office: Office) -> str:
    return office.store.path.with_name("恢复码.txt").read_text("utf-8")


def use(office: Office) -> object:
    """Take in a plan that ships with the program and is not here yet."""
    return RevisePlan(office.store, OnePlan(other_plan())).use(OTHER)


def take_in(office: Office) -> object:
    """Take in a county's return; the file was read before."""
    file = return_file(signed(return_content(), round=1, earlier=(), workspace_id="county"))
    receive = Receive(office.store, FixedClock(), Prepared({"会宁县.xlsx": file}), BuiltInPlans())
    preview = receive.preview(office.store.path.with_name("会宁县.xlsx"))
    return receive.apply(preview, receive.accept_all(preview))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@contextmanager
def office_for(case: Case, folder: Path) -> Iterator[Office]:
    """A workspace arranged for the case, closed and opened again: nothing of it is in memory."""
    with (city_office if case.city else county_office)(folder) as office:
        case.arrange(office)
        path = office.store.path
    with again(path) as office:
        yield office


@contextmanager
def pragma(office: Office, wanted: str, back: str) -> Iterator[None]:
    """A setting on the one connection of the store's pool."""
    with office.store._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {wanted}")
    try:
        yield
    finally:
        with office.store._engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA {back}")


@contextmanager
def full(office: Office) -> Iterator[list[str]]:
    """SQLite may not add a page, and the pages there are have no room left for the shortest line."""
    with office.store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pragma(office, f"max_page_count={pages}", "max_page_count=1073741823"):
        day = 1
        for length in (800, 400, 200, 100, 50, 25, 12, 6, 3, 1, 0):
            while True:
                day = day % 28 + 1
                try:
                    with office.store.writing("满" * length, None) as uow:
                        uow.plans.put_deadline(PLAN, Period(2025, 4), datetime(2026, 1, day))
                except WorkspaceFault as fault:
                    assert fault.code == "disk_full"
                    break
        yield dump(office.store.path)


@contextmanager
def read_only(office: Office) -> Iterator[list[str]]:
    """SQLite refuses every write as for a file that may only be read."""
    with pragma(office, "query_only=ON", "query_only=OFF"):
        yield dump(office.store.path)


@contextmanager
def failing(office: Office) -> Iterator[list[str]]:
    """The system lets no file of this process grow."""
    held = dump(office.store.path)
    with office.store.reading():
        # The connection stands before the disk fails.
        pass
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield held
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


DISKS = {"disk_full": full, "read_only": read_only, "io": failing}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("code", DISKS)
@pytest.mark.parametrize("name", CASES)
def test_nothing_half_and_the_same_call_again(name: str, code: str, tmp_path: Path) -> None:
    case = CASES[name]
    with office_for(case, tmp_path) as office:
        path = office.store.path
        with DISKS[code](office) as before:
            files = set(tmp_path.iterdir())
            with pytest.raises((WorkspaceFault, FileFault)) as caught:
                case.act(office)
            # A file that is written first meets the full disk itself.
            if isinstance(caught.value, WorkspaceFault):
                assert caught.value.code == code
                assert "以前存好的数据都在" in fault_sentence(caught.value)
            else:
                assert code == "io"
        gc.collect()
        left = {item for item in tmp_path.iterdir() if item.suffix in (".xlsx", ".zip")}
        assert left <= files
        assert dump(path) == before
        assert office.store.verify().ok
        case.act(office)
        assert dump(path) != before
        assert office.store.verify().ok


def writing_methods() -> set[str]:
    """Public methods of use cases that open a transaction, themselves or through another method."""
    found = set()
    for file in Path(kjxd_desktop.usecases.__file__).parent.rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found |= {f"{node.name}.{name}" for name in _writing(node) if not name.startswith("_")}
    return found


def _writing(node: ast.ClassDef) -> set[str]:
    methods = {item.name: ast.unparse(item) for item in node.body if isinstance(item, ast.FunctionDef)}
    writing = {name for name, text in methods.items() if "_store.writing(" in text}
    while True:
        more = {
            name
            for name, text in methods.items()
            if name not in writing and any(f"self.{other}(" in text for other in writing)
        }
        if not more:
            return writing
        writing |= more


def test_every_writing_use_case_is_in_the_list() -> None:
    assert writing_methods() == set(CASES) | APART


@pytest.mark.parametrize("code", DISKS)
def test_a_first_workspace_that_cannot_be_written(code: str, tmp_path: Path) -> None:
    plan = built_in_plan()
    with made_store(tmp_path / "w.kjxd", paths.migrations_dir(), FixedClock(), "x") as store:
        office = Office(store, None, None)  # type: ignore[arg-type]
        path = store.path
        before = dump(path)
        guard = DISKS[code]
        if code == "disk_full":
            with store._engine.connect() as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            with (
                pragma(office, f"max_page_count={pages}", "max_page_count=1073741823"),
                pytest.raises(WorkspaceFault) as caught,
            ):
                SetUp(store, FixedClock()).set_up(plan, Role.CITY, CITY)
        else:
            with guard(office), pytest.raises(WorkspaceFault) as caught:
                SetUp(store, FixedClock()).set_up(plan, Role.CITY, CITY)
        assert caught.value.code == code
        assert dump(path) == before
        SetUp(store, FixedClock()).set_up(plan, Role.CITY, CITY)
        assert store.verify().ok


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_template_that_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        target = tmp_path / "模板.xlsx"
        key = ReturnKey(PLAN, COUNTY, KEY.period)
        with failing(office), pytest.raises(FileFault):
            office.actions.send.template(key, target)
        # The half-made archive inside the library says so when it is collected, here and not in another test.
        gc.collect()
        assert [item.name for item in tmp_path.iterdir() if item.suffix == ".xlsx"] == []
        assert office.actions.send.template(key, target).stat().st_size > 0


def test_signing_in_needs_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older hash is written anew when there is room; without, the person works all the same."""
    with county_office(tmp_path) as office:
        two_people(office)
        as_admin(office).set_password("王芳", "秋天的麦子田")
        path = office.store.path
    monkeypatch.setattr("kjxd_desktop.storage.people.passwords.Argon2Passwords.outdated", lambda *_: True)
    with again(path) as office:
        with full(office) as before:
            office.actions.operators.sign_in("王芳", "秋天的麦子田")
            assert dump(path) == before
        rights = office.store.rights()
        assert rights.me is not None and rights.me.name == "王芳"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("code", ["read_only", "io"])
def test_a_wrong_try_that_cannot_be_noted_waits_all_the_same(code: str, tmp_path: Path) -> None:
    """Counted in memory, and from there in the file once there is room; the right password gets in without any."""
    watch, hasher = Watch(), Argon2Passwords(1, 8)
    with county_office(tmp_path) as office:
        people = Operators(office.store, hasher, watch)
        people.add("张建平", OperatorRole.ADMIN, "秋天的麦子田")
        with DISKS[code](office) as before:
            assert refusal(people, "春天的麦子田") == ("wrong_password", "1")
            assert refusal(people, "秋天的麦子田") == ("wait_before_trying", "1")
            watch.moment += timedelta(seconds=1)
            assert refusal(people, "春天的麦子田") == ("wrong_password", "2")
        assert dump(office.store.path) == before
        watch.moment += timedelta(seconds=2)
        assert refusal(people, "春天的麦子田") == ("wrong_password", "4")
        # Noted now: another process counts on.
        assert refusal(Operators(office.store, hasher, watch), "秋天的麦子田") == ("wait_before_trying", "4")
        watch.moment += timedelta(seconds=4)
        with DISKS[code](office):
            people.sign_in("张建平", "秋天的麦子田")
            # That it was right could not be kept: the file counts on from where it was.
            assert refusal(people, "春天的麦子田") == ("wrong_password", "8")
        watch.moment += timedelta(seconds=8)
        people.sign_in("张建平", "秋天的麦子田")
        assert refusal(people, "春天的麦子田") == ("wrong_password", "1")
        assert office.store.verify().ok


def refusal(people: Operators, password: str) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        people.sign_in("张建平", password)
    return caught.value.problem.code, caught.value.problem.params["seconds"]
