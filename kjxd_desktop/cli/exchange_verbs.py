"""``template``, ``submit``, ``again``, ``withdraw``, ``accept``, ``reopen``, ``check-code``, ``import``, ``tour``."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED, UNREADABLE
from kjxd_desktop.cli.offices import looking_office, reading, tell, writing, writing_office
from kjxd_desktop.cli.to_json import code_match_json, import_file_json, print_json
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError, wrong_call
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.folder import FolderFile, Found, PassedOver, found_in
from kjxd_desktop.usecases.receiving.shown import ImportPreview
from kjxd_desktop.wording.commands import command_file_sentence, command_sentence
from kjxd_desktop.wording.receiving.folders import PASSED, nothing_in, passed_sentence
from kjxd_desktop.wording.receiving.imports import notice_sentence
from kjxd_desktop.wording.receiving.paper_codes import match_sentence
from kjxd_desktop.wording.sending.again import saved_again

Answer = dict[str, Any]


def template(options: Namespace) -> int:
    """City: write the dispatch for one unit."""
    with writing(options) as (office, key):
        office.actions.send.template(key, options.file)
    print(f"已导出报表模板：{options.file}", file=sys.stderr)
    return DONE


def submit(options: Namespace) -> int:
    """Write the return workbook and lock the return."""
    with writing(options) as (office, key):
        sent = office.actions.send.submit(key, options.file)
    print(f"已导出：{options.file}，校验码 {sent.check_code}", file=sys.stderr)
    tell(sent.changes.notes)
    return DONE


def again(options: Namespace) -> int:
    """Save a sent return once more, byte for byte."""
    with reading(options) as (office, key):
        saved = office.actions.again.save(key, options.file, replace=options.replace)
    beside = saved.evidence.name if saved.evidence is not None else ""
    print(saved_again(saved.path.name, beside, saved.check_code, anew=saved.anew), file=sys.stderr)
    return DONE


def withdraw(options: Namespace) -> int:
    """Take a submitted return back to go on with it."""
    with writing(options) as (office, key):
        office.actions.send.withdraw(key, options.why)
    return DONE


def accept(options: Namespace) -> int:
    """City: accept a unit's submitted return."""
    with writing(options) as (office, key):
        changes = office.actions.accept.accept(key)
    tell(changes.notes)
    return DONE


def reopen(options: Namespace) -> int:
    """City: open an accepted return again, to correct it."""
    with writing(options) as (office, key):
        office.actions.accept.reopen(key, options.why)
    return DONE


def paper_code(options: Namespace) -> int:
    """Say whose code stands on a paper; status 1 when it is nobody's, or of a file that was changed."""
    with looking_office(options.workspace) as office:
        match = office.actions.paper_codes.match(options.code)
    sentence, fits = match_sentence(match), match.answer == "matches"
    if options.json:
        print_json(code_match_json(match, sentence))
    else:
        print(sentence, file=sys.stdout if fits else sys.stderr)
    return DONE if fits else NOT_ALLOWED


def import_files(options: Namespace) -> int:
    """Take workbooks in, file by file; the worst status counts."""
    if options.preview and options.accept:
        raise wrong_call("options", "options_contradict", one="--preview", other="--accept")
    worst = DONE
    answers: list[Answer] = []
    passed: list[Answer] = []
    with writing_office(options) as office:
        found = {path: list(found_in(path)) for path in options.files}
        total = sum(isinstance(item, FolderFile) for items in found.values() for item in items)
        for path, items in found.items():
            before = len(answers)
            for item in items:
                if isinstance(item, FolderFile) and sys.stderr.isatty():
                    print(f"正在读 {len(answers) + 1}/{total}：{item.name}", file=sys.stderr)
                answer, status = _taken(office, item, options)
                worst = max(worst, status)
                if isinstance(answer, PassedOver):
                    passed.append({"file": answer.name, "reason": PASSED[answer.reason]})
                    print(passed_sentence(answer.name, answer.reason), file=sys.stderr)
                else:
                    answers.append(answer)
                    _tell_answer(answer, json=options.json)
            if len(answers) == before:
                answer = import_file_json(path.name, "refused", nothing_in(path.name))
                worst = max(worst, NOT_ALLOWED)
                answers.append(answer)
                _tell_answer(answer, json=options.json)
    if options.json:
        print_json({"files": answers, "passed_over": passed})
    return worst


def _tell_answer(answer: Answer, *, json: bool) -> None:
    if not json or answer["reason"]:
        print(_line(answer), file=sys.stderr)
    if not json:
        for notice in answer["notices"]:
            print(f"  {notice}", file=sys.stderr)


def _taken(office: Office, item: Found, options: Namespace) -> tuple[Answer | PassedOver, int]:
    """What became of something that was named or stood in a folder, and its exit status."""
    if isinstance(item, PassedOver):
        return item, NOT_ALLOWED if item.waits else DONE
    if isinstance(item, FolderFile):
        return _import_one(office, item, options)
    reason = command_file_sentence(item.fault.code, item.fault.params)
    return import_file_json(item.name, "failed", reason), UNREADABLE


def _import_one(office: Office, file: FolderFile, options: Namespace) -> tuple[Answer | PassedOver, int]:
    preview: ImportPreview | None = None
    receive = office.actions.receive
    try:
        preview = receive.preview(file.path)
        if options.preview:
            return import_file_json(file.name, "previewed", preview=preview), DONE
        applied = receive.apply(preview, receive.accept_all(preview), heads_asked=options.heads_asked)
        tell(tuple(dict.fromkeys(applied.changes.notes)))
        return import_file_json(file.name, "applied", preview=preview, import_id=applied.import_id), DONE
    except ProblemError as error:
        if (passed := file.passed_over(error.problem.code)) is not None:
            return passed, DONE
        outcome = "held" if error.problem.code in ("held", "heads_not_asked") else "refused"
        reason = command_sentence(error.problem)
        return import_file_json(file.name, outcome, reason, preview), NOT_ALLOWED
    except FileFault as fault:
        if (passed := file.passed_over(fault.code)) is not None:
            return passed, DONE
        reason = command_file_sentence(fault.code, fault.params)
        return import_file_json(file.name, "failed", reason), UNREADABLE


def _line(answer: Answer) -> str:
    words = {
        "applied": "已写入",
        "previewed": "只预览，没有写入",
        "held": "等您处理",
        "refused": "没有写入",
        "failed": "读不了",
    }
    word = words[answer["outcome"]]
    if answer["outcome"] == "applied" and _is_repeated(answer):
        word = "以前收过，没有再写"
    text = f"{answer['file']}：{word}"
    return f"{text}。{answer['reason']}" if answer["reason"] else text


def _is_repeated(answer: Answer) -> bool:
    """Whether the very same was taken in before, and nothing is to be written a second time."""
    counts, told = answer["counts"], notice_sentence(Notice.RECEIVED_BEFORE.value, ())
    return told in answer["notices"] and counts["same"] == sum(counts.values())


def tour(options: Namespace) -> int:
    """Drive the real window through the main job, saving pictures and workbooks."""
    from kjxd_desktop.bootstrap.tour import run_tour
    from kjxd_desktop.ui.tour.waiting import LostWay
    from kjxd_desktop.wording.tour import lost

    try:
        return run_tour(options.out)
    except LostWay as error:
        print(lost(error.what, error.hint, str(options.out)), file=sys.stderr)
        return NOT_ALLOWED
