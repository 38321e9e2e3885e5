"""How content is written into history and snapshots: the exact texts, which older programs' files hold too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from kjxd_desktop.domain.digests import joined_digest
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.line import ORIGIN, StoredLine
from kjxd_desktop.usecases.exchanged import ChainHead, Provenance, Snapshot
from kjxd_desktop.usecases.ports import Role, WorkspaceInfo

AT = datetime.fromisoformat("2024-10-08T10:21:00+08:00")
WHOLE = Entry(EntryStatus.ESTIMATED, Decimal("1.50"), 2023, Decimal("3"), Decimal("200.0"), True, "快报")
WHOLE_TEXT = (
    '{"computed":true,"data_year":2023,"denominator":"200.0","note":"快报","numerator":"3",'
    '"status":"estimated","value":"1.50"}'
)
TASK = Progress(TaskStatus.BLOCKED, 0, "做", "难", "下", (Evidence("照片.jpg", 3, "ab"),))
TASK_TEXT = (
    '{"done":"做","evidence":["EVIDENCE"],"next_step":"下","percent":0,"problems":"难","status":"blocked"}'
).replace('"EVIDENCE"', '{"bytes":3,"digest":"ab","name":"照片.jpg"}')


def test_a_cell() -> None:
    assert mapping.entry_json(WHOLE) == WHOLE_TEXT
    assert mapping.entry_from(json.loads(WHOLE_TEXT)) == WHOLE


def test_a_blank_costs_nothing_and_a_zero_is_no_blank() -> None:
    assert mapping.entry_json(MISSING) == '{"status":"missing"}'
    assert mapping.entry_from({"status": "missing"}) == MISSING
    zero = Entry(EntryStatus.REPORTED, Decimal(0), None, Decimal(0), Decimal("0.0"))
    text = '{"denominator":"0.0","numerator":"0","status":"reported","value":"0"}'
    assert mapping.entry_json(zero) == text
    assert mapping.entry_from(json.loads(text)) == zero


def test_a_task() -> None:
    assert json.loads(mapping.progress_json(TASK)) == json.loads(TASK_TEXT)
    assert mapping.progress_from(json.loads(TASK_TEXT)) == TASK
    assert mapping.progress_json(NO_PROGRESS) == "{}"
    assert mapping.progress_from({}) == NO_PROGRESS


def test_a_mark_on_a_target_in_words() -> None:
    mark = Achieved(2022, TargetKind.TARGET, "0的突破", Period(2022, 3), "投产")
    text = '{"kind":"target","since":"2022Q3","text":"投产","wanted":"0的突破","year":2022}'
    proven = replace(mark, evidence=Evidence("照片.jpg", 3, "ab"))
    whole = text.replace('"kind"', '"evidence":{"bytes":3,"digest":"ab","name":"照片.jpg"},"kind"')
    for made, kept in ((mark, text), (proven, whole)):
        assert mapping.achieved_json(made) == kept
        assert mapping.achieved_from(json.loads(kept)) == made


def test_the_state_of_a_return() -> None:
    key = ReturnKey("p", "620422", Period(2024, 3))
    assert mapping.state_json(Return(key, 1)) == '{"revision":1,"round":1,"state":"draft"}'
    sent = Return(key, 2, ReturnState.SUBMITTED, 3, True, check_code="K7QD", submitted_at=AT)
    assert mapping.state_json(sent) == (
        '{"backfilled":true,"check_code":"K7QD","revision":2,"round":3,"state":"submitted",'
        '"submitted_at":"2024-10-08T10:21:00+08:00"}'
    )


def test_a_submission() -> None:
    assert mapping.submission_json(2, "ab", "第2次.xlsx", ChainHead(7, "cd")) == (
        '{"digest":"ab","file":"第2次.xlsx","line":7,"link":"cd","round":2}'
    )
    assert mapping.submission_json(1, "ab", "第1次.xlsx", None) == (
        '{"digest":"ab","file":"第1次.xlsx","round":1}'
    )


def test_an_import_is_told_by_the_digest_of_all_that_was_kept_of_it() -> None:
    def content(*parts: str | None) -> str:
        submission, decisions, snapshot, heads, came = (*parts, None, None)[:5]
        text = mapping.import_json(
            "a.xlsx", "ab", submission or "", decisions or "", snapshot or "", heads, came, AT
        )
        told = json.loads(text)
        assert (told["file"], told["digest"], told["at"]) == ("a.xlsx", "ab", AT.isoformat())
        assert sorted(told) == ["at", "content", "digest", "file"]
        return str(told["content"])

    # SHA-256 of s, d and n with the unit separator between them.
    assert content("s", "d", "n") == "9890810a3cc3be6e2c5193ddfbeb8b312fc529bcaddf7c8cbdd62ca643f51957"
    others = [
        content("x", "d", "n"),
        content("s", "x", "n"),
        content("s", "d", "x"),
        content("s", "d", "n", "h"),
        content("s", "d", "n", None, CAME),
        content("s", "d", "n", "h", CAME),
    ]
    assert len({content("s", "d", "n"), *others}) == 7


CAME = '{"content":"ef","first":"ab","format":2,"round":1,"sent_at":"2024-10-08T10:21:00+08:00","workspace_id":"w"}'


def test_what_a_file_came_as() -> None:
    came = Provenance(2, 1, "ef", "ab", "w", AT)
    assert mapping.came_json(came) == CAME and mapping.came_from(CAME) == came
    assert mapping.came_json(None) is None and mapping.came_from(None) is None
    bare = Provenance(1, 3, "ef", "ef", "", None)
    assert mapping.came_from(mapping.came_json(bare)) == bare
    asked = replace(came, asked=True)
    assert mapping.came_from(mapping.came_json(asked)) == asked
    told = mapping.import_json("a.xlsx", "ab", "s", "d", "n", None, mapping.came_json(asked), AT)
    assert json.loads(told)["asked"] is True


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"format":"x"}', '{"format":2,"round":null}', CAME[:-1]]
)
def test_a_provenance_that_is_damaged(text: str) -> None:
    with pytest.raises(ValueError):
        mapping.came_from(text)


def test_what_a_sender_said_of_his_history() -> None:
    heads = (ChainHead(3, "aa"), ChainHead(9, "bb"))
    assert mapping.heads_json(heads) == '[[3,"aa"],[9,"bb"]]'
    assert mapping.heads_from('[[3,"aa"],[9,"bb"]]') == heads
    assert mapping.heads_json(()) is None
    assert mapping.heads_from(None) == ()


def test_a_person_and_the_recovery_code_tell_nothing_of_the_secret() -> None:
    """The first sixteen hexadecimal digits of the SHA-256 of what is a salted hash already."""
    assert mapping.operator_json("filler", True, "") == '{"active":"yes","role":"filler"}'
    assert mapping.operator_json("head", False, "abc") == (
        '{"active":"no","password":"ba7816bf8f01cfea","role":"head"}'
    )
    assert mapping.recovery_json("abc") == '{"code":"ba7816bf8f01cfea"}'


def test_a_restore() -> None:
    backup, replaced = ChainHead(3, "aa"), ChainHead(9, "bb")
    assert mapping.restore_json(backup, None) == '{"line":3,"link":"aa"}'
    assert mapping.restore_json(backup, replaced) == (
        '{"line":3,"link":"aa","replaced_line":9,"replaced_link":"bb"}'
    )


@pytest.mark.parametrize("settled", [None, WHOLE])
def test_what_was_keyed_twice(settled: Entry | None) -> None:
    second = SecondEntry(WHOLE, MISSING, Outcome.OPEN, settled, "王芳", "")
    told = {
        "first": json.loads(WHOLE_TEXT),
        "second": {"status": "missing"},
        "outcome": "open",
        "first_by": "王芳",
    }
    if settled is not None:
        told["settled"] = json.loads(WHOLE_TEXT)
    text = mapping.second_entry_json(second)
    assert json.loads(text) == told
    assert mapping.second_entry_from(text) == second


def test_the_head_of_a_workspace() -> None:
    info = WorkspaceInfo("w1", Role.COUNTY, "620422", "p", AT, False)
    assert mapping.workspace_json(info) == (
        '{"created_at":"2024-10-08T10:21:00+08:00","id":"w1","plan":"p","role":"county","unit":"620422"}'
    )
    demo = WorkspaceInfo("w1", Role.CITY, "620400", "p", AT, True)
    assert '"demo":true' in mapping.workspace_json(demo)


def test_a_whole_submission() -> None:
    snapshot = Snapshot({"I2": MISSING, "I1": WHOLE}, {"T2": NO_PROGRESS, "T1": TASK})
    text = mapping.snapshot_json(snapshot)
    assert json.loads(text) == {
        "entries": {"I1": json.loads(WHOLE_TEXT), "I2": {"status": "missing"}},
        "progress": {"T1": json.loads(TASK_TEXT), "T2": {}},
    }
    assert text.index('"I1"') < text.index('"I2"') < text.index('"T1"') < text.index('"T2"')
    assert "快报" in text and ": " not in text
    assert mapping.snapshot_from(text) == snapshot


def test_targets_baselines_words_and_reasons() -> None:
    target = Target(2025, TargetKind.BINDING, "<=", Decimal("8.0"), None, "力争", "市本级", "620422", "附件")
    assert mapping.target_json(target) == (
        '{"certainty":"力争","kind":"binding","op":"<=","scope":"市本级","source":"附件",'
        '"unit_code":"620422","value":"8.0","year":2025}'
    )
    assert mapping.baseline_json(Baseline(2021, Decimal("8.0"), "快报")) == (
        '{"note":"快报","value":"8.0","year":2021}'
    )
    assert mapping.assigned_json(True) == '{"assigned":"yes"}'
    assert mapping.assigned_json(False) == '{"assigned":"no"}'
    assert mapping.explanation_json(Explanation("I1", "outlier", "ab", "核对过")) == (
        '{"basis":"ab","code":"I1","rule":"outlier","text":"核对过"}'
    )
    nothing = (mapping.target_json(None), mapping.baseline_json(None), mapping.explanation_json(None))
    assert nothing == (None, None, None)


LINE = StoredLine(
    7, AT.isoformat(), "张三", "entry", "p", "620422", "2024Q3", "I1", "{}", '{"a":1}', "typed", ""
)


def test_a_line_of_history_is_linked_by_every_field_and_by_the_one_before() -> None:
    fields = (AT.isoformat(), "张三", "entry", "p", "620422", "2024Q3", "I1", "{}", '{"a":1}', "typed")
    assert LINE.linked(ORIGIN) == joined_digest((ORIGIN, *fields))
    others = [joined_digest(("f" * 64, *fields))]
    for place, field in enumerate(fields):
        others.append(joined_digest((ORIGIN, *fields[:place], f"{field}x", *fields[place + 1 :])))
    assert len({LINE.linked(ORIGIN), *others}) == len(fields) + 2
    assert ORIGIN == "0" * 64


def test_the_link_is_a_sha256_of_the_fields_with_a_unit_separator_between() -> None:
    """Worked out apart, with ``sha256sum``, of 64 zeros, ``a`` and ``b``."""
    assert (
        joined_digest((ORIGIN, "a", "b"))
        == "06056d61210ec7bd16bf251d6372579c2400ab460f433505654343f3a7c2731b"
    )
