"""``archive``: a year as files that are read without the program."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from kjxd_desktop.cli.exit_status import DONE
from kjxd_desktop.cli.offices import looking_office
from kjxd_desktop.cli.to_json import print_json
from kjxd_desktop.usecases.keeping.archive_shown import Archived, FiledFile
from kjxd_desktop.wording.keeping.archive import UNFIT, absent_line, archived_sentence


def archive(options: Namespace) -> int:
    """Write a year of one plan, or of all, into one zip or a folder."""
    with looking_office(options.workspace) as office:
        made = office.actions.archive.write(
            options.year,
            options.file,
            plan_id=options.plan,
            folder=options.folder,
            replace=options.replace,
            told=_tell,
        )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if options.json:
        print_json(archived_json(made))
    else:
        missing = len(made.missing)
        print(archived_sentence(str(made.path), made.returns, made.figures, made.files, missing))
    for file in made.missing:
        print(absent_line(file, file.key.unit_code, file.key.period), file=sys.stderr)
    if not made.verified:
        print(UNFIT, file=sys.stderr)
    return DONE


def _tell(done: int, total: int) -> None:
    """How far it is, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)


def archived_json(made: Archived) -> dict[str, Any]:
    """An archive as JSON."""
    return {
        "file": str(made.path),
        "folder": made.folder,
        "year": made.year,
        "plans": list(made.plans),
        "returns": made.returns,
        "figures": made.figures,
        "tasks": made.tasks,
        "files": made.files,
        "bytes": made.bytes,
        "digest": made.digest,
        "algorithms": list(made.algorithms),
        "verified": made.verified,
        "missing": [_missing(file) for file in made.missing],
    }


def _missing(file: FiledFile) -> dict[str, Any]:
    return {
        "what": file.sort.value,
        "reason": None if file.absent is None else file.absent.value,
        "plan": file.key.plan_id,
        "unit": file.key.unit_code,
        "period": file.key.period.key,
        "round": file.round,
        "code": file.code or None,
        "name": file.name,
        "digest": file.digest,
    }
