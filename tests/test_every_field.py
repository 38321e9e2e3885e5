"""Every field of a kept record goes its whole way: typed, kept, shown, told, exported, imported, taken back.

A field is declared once, in the table beside its record. What follows from the table cannot be forgotten; what does
not (a word, a column, an option, a migration) is named here, with the place where it is missing.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli import main
from kjxd_desktop.cli.to_json import show_json
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, REMARKS, Entry, EntryField, basis_texts
from kjxd_desktop.domain.returns.fields import Content, RecordField
from kjxd_desktop.domain.returns.first_codes import submission_digest
from kjxd_desktop.domain.returns.form_texts import (
    ENTRY_CELLS,
    PROGRESS_CELLS,
    entry_of_texts,
    entry_texts,
    progress_of_texts,
    progress_texts,
)
from kjxd_desktop.domain.returns.progress import (
    NO_PROGRESS,
    PROGRESS_FIELDS,
    PROGRESS_TEXTS,
    Progress,
    TaskStatus,
)
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.storage import mapping
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.exchanged import Snapshot
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.sending.form_shown import form_shown
from kjxd_desktop.wording.keeping.history_fields import content_fields
from kjxd_desktop.wording.sending.form_columns import TASK_FORM_COLUMNS, indicator_form_columns
from kjxd_desktop.wording.terms import ENTRY_FIELD, PROGRESS_FIELD
from kjxd_desktop.workbooks.layout import TASK_COLUMNS, indicator_columns
from tests.helpers.changed_workbooks import PLAN, SENT, read_bytes, saved, without_identity
from tests.helpers.offices import KEY, again, county_office
from tests.helpers.return_files import KEY as SENT_KEY
from tests.helpers.return_files import receiving_desk, signed

# An annual ratio: the kind of indicator whose cell can hold every field.
CODE, TASK = "I04", "A2-7"
TEXTS = {Content.NUMBER: "12.50", Content.WHOLE: "2023", Content.FLAG: "1", Content.TEXT: "=按快报，+1"}
# The parts make the value: 1234.50 ÷ 148735 × 100, two decimals, half up.
WHOLE = Entry(
    EntryStatus.ESTIMATED, Decimal("0.83"), 2023, Decimal("1234.50"), Decimal("148735"), True, carried=True
).with_fields({remark.name: f"{TEXTS[Content.TEXT]} {remark.name}" for remark in REMARKS})
REPORTED = Progress(TaskStatus.DONE, 100, carried_from="2024Q2").with_fields(
    {item.name: f"{TEXTS[Content.TEXT]} {item.name}" for item in PROGRESS_TEXTS}
)
DERIVED = ("status", "value")

entry_field = pytest.mark.parametrize("field", ENTRY_FIELDS, ids=lambda item: item.name)
task_field = pytest.mark.parametrize("field", PROGRESS_FIELDS, ids=lambda item: item.name)


def other_value(field: RecordField, record: object) -> Any:
    """A value of the field that the record does not hold."""
    value = getattr(record, field.name)
    others = {
        Content.WORD: EntryStatus.REPORTED if isinstance(value, EntryStatus) else TaskStatus.IN_PROGRESS,
        Content.NUMBER: Decimal("12.50"),
        Content.WHOLE: 2022,
        Content.FLAG: not value,
        Content.TEXT: "另一句话",
    }
    assert others[field.content] != value
    return others[field.content]


def test_the_fields_of_an_entry_stand_in_its_own_order() -> None:
    """Rows are read by place."""
    assert [item.name for item in fields(Entry)] == [item.name for item in ENTRY_FIELDS]


@entry_field
def test_a_field_of_an_entry_survives_its_texts(field: EntryField) -> None:
    assert hasattr(MISSING, field.name), "domain/returns/entry.py: the record has no such attribute"
    value = getattr(WHOLE, field.name)
    assert value != field.blank, "this test's WHOLE must fill every field"
    assert field.of_text(field.text_of(WHOLE)) == value
    assert field.of_plain(field.plain_of(WHOLE)) == value
    assert field.of_plain(None) == field.blank == getattr(MISSING, field.name)


@task_field
def test_a_field_of_progress_survives_its_texts(field: RecordField) -> None:
    value = getattr(REPORTED, field.name)
    assert value != field.blank, "this test's REPORTED must fill every field"
    assert field.of_text(field.text_of(REPORTED)) == value
    assert field.of_plain(field.plain_of(REPORTED)) == value
    assert field.of_plain(None) == field.blank == getattr(NO_PROGRESS, field.name)


def test_every_field_has_its_word() -> None:
    assert {item.name for item in ENTRY_FIELDS} <= ENTRY_FIELD.keys(), "wording/terms.py: ENTRY_FIELD"
    assert {item.name for item in PROGRESS_FIELDS} <= PROGRESS_FIELD.keys(), (
        "wording/terms.py: PROGRESS_FIELD"
    )


def test_canonical_texts_lose_nothing() -> None:
    assert entry_of_texts(entry_texts(WHOLE)) == WHOLE
    assert progress_of_texts(progress_texts(REPORTED)) == REPORTED
    for field in ENTRY_FIELDS:
        assert field.name in ENTRY_CELLS or field.name in DERIVED or not field.typed


def test_snapshots_and_history_lose_nothing() -> None:
    snapshot = Snapshot({CODE: WHOLE}, {TASK: REPORTED})
    assert mapping.snapshot_from(mapping.snapshot_json(snapshot)) == snapshot
    assert mapping.entry_from(json.loads(mapping.entry_json(WHOLE))) == WHOLE


def give_source(office: Office) -> None:
    """Put what WHOLE stands for into the quarter before: in a draft no figure outlives the one it was taken from."""
    source = replace(KEY, period=KEY.period.previous())
    office.actions.fill.restore(source, {CODE: replace(WHOLE, carried=False)}, "undo")


def test_a_workspace_keeps_every_field_and_verifies(tmp_path: Path) -> None:
    """A column that no migration made is missing here."""
    with county_office(tmp_path) as office:
        with office.store.writing("typed", None) as uow:
            head = office.actions.fill.sheet(KEY).head
            uow.returns.put(head)
            uow.returns.put_entry(KEY, CODE, WHOLE)
            uow.returns.put_progress(KEY, TASK, REPORTED)
        with office.store.reading() as uow:
            assert uow.returns.entries(KEY)[CODE].same_as(WHOLE)
            assert uow.returns.progress(KEY)[TASK] == REPORTED
        assert office.store.verify().ok
        give_source(office)
        before = office.actions.fill.row(KEY, CODE).entry
        office.actions.fill.restore(KEY, {CODE: MISSING}, "undo")
        office.actions.fill.restore(KEY, {CODE: before}, "redo")
        assert office.actions.fill.row(KEY, CODE).entry.same_as(WHOLE)


@entry_field
def test_history_tells_of_a_field(field: EntryField) -> None:
    told = dict(content_fields("entry", json.loads(mapping.entry_json(WHOLE)), PLAN.id, CODE, Names()))
    if field.name not in DERIVED:
        assert told.get(ENTRY_FIELD[field.name]), "wording/keeping/history_fields.py says nothing of it"


@task_field
def test_history_tells_of_a_task_field(field: RecordField) -> None:
    told = dict(
        content_fields("progress", json.loads(mapping.progress_json(REPORTED)), PLAN.id, TASK, Names())
    )
    assert told.get(PROGRESS_FIELD[field.name]), "wording/keeping/history_fields.py says nothing of it"


class Names:
    """Nothing here needs a name."""

    def measure(self, plan_id: str, code: str) -> str:
        """Of an indicator."""
        return "%"

    def __getattr__(self, name: str) -> Any:
        return lambda *_: ""


@entry_field
def test_the_check_code_covers_a_field(field: EntryField) -> None:
    changed = WHOLE.with_fields({field.name: other_value(field, WHOLE)})
    assert digest({CODE: changed}, {}) != digest({CODE: WHOLE}, {})


@task_field
def test_the_check_code_covers_a_task_field(field: RecordField) -> None:
    changed = REPORTED.with_fields({field.name: other_value(field, REPORTED)})
    assert digest({}, {TASK: changed}) != digest({}, {TASK: REPORTED})


def digest(entries: dict[str, Entry], progress: dict[str, Progress]) -> str:
    """The digest of a return that holds this."""
    return submission_digest(Submission(KEY, 1, "", 1, (), entries, (), progress, Signature()))


@entry_field
def test_a_reason_is_void_when_what_it_rests_on_changes(field: EntryField) -> None:
    changed = WHOLE.with_fields({field.name: other_value(field, WHOLE)})
    assert (basis_texts(changed) != basis_texts(WHOLE)) is field.basis


@entry_field
def test_only_what_belongs_to_the_value_goes_with_it(field: EntryField) -> None:
    marked = WHOLE.without_value(EntryStatus.NOT_PUBLISHED)
    if field.name != "status":
        kept = getattr(marked, field.name) == getattr(WHOLE, field.name)
        assert kept is not field.of_value
    keyed_again = replace(MISSING, status=EntryStatus.REPORTED, value=Decimal(1)).beside(WHOLE)
    assert (getattr(keyed_again, field.name) == getattr(WHOLE, field.name)) is (not field.of_value)


@pytest.fixture(scope="module")
def content() -> Any:
    """A return that holds every field."""
    entries = {**SENT.entries, CODE: WHOLE}
    return signed(replace(SENT, entries=entries, progress={TASK: REPORTED}, explanations=()))


@pytest.mark.parametrize("with_identity", (True, False), ids=("sent", "filled in another program"))
def test_a_workbook_carries_every_field(content: Any, tmp_path: Path, with_identity: bool) -> None:
    """What is typed is visible on the sheets; the rest stands on the identity sheet."""
    with receiving_desk(tmp_path / "city", Role.CITY) as desk:
        file = read_bytes(tmp_path, saved(content))
        if not with_identity:
            file = read_changed_without_identity(tmp_path, content)
        preview = desk.preview(file)
        desk.receive.apply(preview, desk.receive.accept_all(preview))
        kept = desk.kept(SENT_KEY)
    for field in ENTRY_FIELDS:
        if with_identity or field.typed:
            same = field.text_of(kept.entries[CODE]) == field.text_of(WHOLE)
            assert same, f"{field.name}: the form does not carry it"
    for item in PROGRESS_FIELDS:
        if with_identity or item.typed:
            same = item.text_of(kept.progress[TASK]) == item.text_of(REPORTED)
            assert same, f"{item.name}: the task sheet does not carry it"


def read_changed_without_identity(folder: Path, content: Any) -> Any:
    """The file with its visible sheets only."""
    from tests.helpers.changed_workbooks import read_changed

    return read_changed(folder, saved(content), without_identity)


def test_form_and_sheet_have_a_column_for_every_typed_field() -> None:
    paper = {column.key for column in indicator_form_columns(PLAN)}
    read = {column.key for column in indicator_columns(PLAN) if column.read}
    in_rows_of_their_own = {"numerator", "denominator"}
    wanted = {name for name in ENTRY_CELLS if name not in in_rows_of_their_own}
    assert wanted <= paper, "wording/sending/form_columns.py"
    assert wanted <= read, "workbooks/layout.py"
    files = {"evidence"}
    assert set(PROGRESS_CELLS) <= {column.key for column in TASK_FORM_COLUMNS}
    assert set(PROGRESS_CELLS) - files <= {column.key for column in TASK_COLUMNS if column.read}


def test_the_form_on_the_screen_shows_every_remark(content: Any) -> None:
    shown = form_shown(content, CheckResult((), ()))
    cells = {text for row in shown.rows for text in row.cells}
    for remark in REMARKS:
        assert remark.text_of(WHOLE) in cells, f"{remark.name}: usecases/sending/form_shown.py"


def test_commands_answer_and_take_every_field(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        give_source(office)
        office.actions.fill.restore(KEY, {CODE: WHOLE}, "undo")
        answer = show_json(office.actions.fill.show(KEY))
    entry = next(item for item in answer["entries"] if item["code"] == CODE)
    task = answer["progress"][0]
    for field in ENTRY_FIELDS:
        plain = field.plain_of(WHOLE)
        expected = str(plain) if isinstance(plain, Decimal) else plain
        assert entry.get(field.name) == expected, f"{field.name}: cli/to_json.py"
    assert {item.name for item in PROGRESS_FIELDS} <= task.keys()


# How the command line says what is not an option of the field's own name.
SAID = {
    "status": ["--estimate"],
    "value": [],
    "done": ["--text", REPORTED.done],
    "next_step": ["--next", REPORTED.next_step],
}


def test_commands_take_every_field(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = str(office.store.path)
    where = ["--workspace", path, "--period", KEY.period.key]
    entry = [word for field in ENTRY_FIELDS if field.typed for word in words_of(field, WHOLE)]
    task = [word for field in PROGRESS_FIELDS if field.typed for word in words_of(field, REPORTED)]
    assert main(["set", *where, "--indicator", CODE, *entry]) == 0
    assert main(["progress", *where, "--task", TASK, *task]) == 0
    with again(Path(path)) as office:
        kept = office.actions.fill.row(KEY, CODE).entry
        reported = office.actions.report.row(KEY, TASK).progress
    for field in ENTRY_FIELDS:
        # Nobody says of a figure or a task that it stands from an earlier return: it does, or it does not.
        expected = "" if field.name == "carried" else field.text_of(WHOLE)
        assert field.text_of(kept) == expected, f"{field.name}: cli/fill_verbs.py drops it"
    for item in PROGRESS_FIELDS:
        expected = item.text_of(REPORTED) if item.typed else ""
        assert item.text_of(reported) == expected, f"{item.name}: cli/fill_verbs.py drops it"


def words_of(field: RecordField, record: object) -> list[str]:
    """What a command says of a field: its own name as an option, but for the few in ``SAID``."""
    own = [f"--{field.name.replace('_', '-')}={field.text_of(record)}"]
    return (
        own
        if field.name not in SAID or (isinstance(record, Progress) and field.name == "status")
        else SAID[field.name]
    )
