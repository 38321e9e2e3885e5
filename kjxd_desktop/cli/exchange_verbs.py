"""``template``, ``submit``, ``withdraw``, ``accept``, ``reopen``, ``import``, ``tour``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED, UNREADABLE
from kjxd_desktop.cli.offices import tell, writing, writing_office
from kjxd_desktop.cli.to_json import import_file_json, print_json
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.usecases.keeping.keep import NO_BACKUP
from kjxd_desktop.usecases.receiving.shown import ImportPreview
from kjxd_desktop.wording.files import file_fault_sentence
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.receiving.imports import EVIDENCE_ENDING

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


def import_files(options: Namespace) -> int:
    """Take workbooks in, file by file; the worst status counts."""
    worst = DONE
    answers = []
    with writing_office(options) as office:
        for number, path in enumerate(paths := _files(options.files), start=1):
            if sys.stderr.isatty():
                print(f"正在读 {number}/{len(paths)}：{path.name}", file=sys.stderr)
            answer, status = _import_one(office, path, preview_only=options.preview)
            answers.append(answer)
            worst = max(worst, status)
            if not options.json or answer["reason"]:
                print(_line(answer), file=sys.stderr)
            if not options.json:
                for notice in answer["notices"]:
                    print(f"  {notice}", file=sys.stderr)
    if options.json:
        print_json({"files": answers})
    return worst


def _import_one(office: Office, path: Path, *, preview_only: bool) -> tuple[Answer, int]:
    preview: ImportPreview | None = None
    try:
        preview = office.actions.receive.preview(path)
        if preview_only:
            return import_file_json(path.name, "previewed", preview=preview), DONE
        applied = office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        tell(tuple(note for note in applied.changes.notes if note[0] == NO_BACKUP))
        return import_file_json(path.name, "applied", preview=preview, import_id=applied.import_id), DONE
    except ProblemError as error:
        outcome = "held" if error.problem.code == "held" else "refused"
        reason = problem_sentence(error.problem)
        return import_file_json(path.name, outcome, reason, preview), NOT_ALLOWED
    except FileFault as fault:
        reason = file_fault_sentence(fault.code, fault.params)
        return import_file_json(path.name, "failed", reason), UNREADABLE


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        # Lock files of office programs and the evidence beside a workbook are not returns.
        found.extend(
            item
            for item in sorted(path.iterdir())
            if item.is_file()
            and not item.name.startswith((".", "~$", ".~"))
            and not item.name.endswith(EVIDENCE_ENDING)
        )
    return found


def _line(answer: Answer) -> str:
    words = {
        "applied": "已写入",
        "previewed": "只预览，没有写入",
        "held": "没有写入，等您处理",
        "refused": "没有写入",
        "failed": "读不了",
    }
    text = f"{answer['file']}：{words[answer['outcome']]}"
    return f"{text}。{answer['reason']}" if answer["reason"] else text


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
