"""Reading a plan package: a folder of TOML files (``resources/plans/README.md`` tells the format)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from kjxd_desktop.plan_text.document import read_plan
from kjxd_desktop.plan_text.faults import PlanFault

HEAD_FILE = "plan.toml"
SOURCE_FILE = "source.txt"
# Each of these files holds one table of the plan, of the same name.
REQUIRED_TABLES = ("indicators", "tasks", "units")
OPTIONAL_TABLES = ("goals", "boxes", "rules")
COLLECTIVES = "collectives"

MAX_FILE_BYTES = 4_000_000


class PlanPackageError(ValueError):
    """A plan package that cannot be used.

    Attributes:
        folder: The package.
        messages: Every mistake found; each names file, table, entry and field.
    """

    def __init__(self, folder: Path, messages: tuple[str, ...]) -> None:
        super().__init__(f"{folder.name}: " + "\n".join(messages))
        self.folder = folder
        self.messages = messages


def load_package(folder: Path) -> Plan:
    """Read a plan package whole.

    Args:
        folder: The package's folder; its name is the plan's id.

    Returns:
        The plan, with the document's text from ``source.txt``.

    Raises:
        PlanPackageError: Unreadable files, unknown or missing fields, wrong types, numbers that are not
            quoted decimals, codes used twice, references to nothing; all of them in one error.
    """
    messages: list[str] = []
    document, unread = _read_files(folder, messages)
    plan, shape = read_plan(document)
    found = [*shape, *consistency_faults(plan, shape)]
    if "units" not in unread:
        found += unknown_names(plan)
    if HEAD_FILE not in unread and plan.id and plan.id != folder.name:
        found.append(PlanFault("plan", 0, "", "id", "id_differs", {"text": plan.id, "folder": folder.name}))
    messages += [_message(fault) for fault in found if not _follows(fault, unread)]
    if messages:
        raise PlanPackageError(folder, tuple(messages))
    return plan


def read_head(folder: Path) -> Mapping[str, object]:
    """The head of a package, unchecked, without reading the rest.

    Raises:
        PlanPackageError: When ``plan.toml`` cannot be read.
    """
    messages: list[str] = []
    head = _toml(folder / HEAD_FILE, messages)
    if head is None:
        raise PlanPackageError(folder, tuple(messages))
    return head


def _read_files(folder: Path, messages: list[str]) -> tuple[dict[str, object], set[str]]:
    """All files as one plan document, and which files could not be read."""
    unread: set[str] = set()
    document: dict[str, object] = {}
    head = _toml(folder / HEAD_FILE, messages)
    if head is None:
        unread.add(HEAD_FILE)
    else:
        for name, value in head.items():
            if name in (*REQUIRED_TABLES, *OPTIONAL_TABLES, COLLECTIVES, "document"):
                messages.append(f"{HEAD_FILE}: [plan]: {name}: belongs into a file of its own")
            else:
                document[name] = value
    for table in (*REQUIRED_TABLES, *OPTIONAL_TABLES):
        file = folder / f"{table}.toml"
        if table in OPTIONAL_TABLES and not file.exists():
            continue
        content = _toml(file, messages)
        if content is None:
            unread.add(table)
            continue
        document[table] = content.pop(table, [])
        if table == "units":
            document[COLLECTIVES] = content.pop(COLLECTIVES, [])
        messages += [f"{file.name}: {name}: is not a table of this file" for name in content]
    document["document"] = _text(folder / SOURCE_FILE, messages) or ""
    return document, unread


def _toml(file: Path, messages: list[str]) -> dict[str, object] | None:
    text = _text(file, messages)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        messages.append(f"{file.name}: not TOML: {error}")
        return None


def _text(file: Path, messages: list[str]) -> str | None:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        messages.append(f"{file.name}: the file is missing")
        return None
    except OSError as error:
        messages.append(f"{file.name}: cannot be read: {error.strerror}")
        return None
    if len(content) > MAX_FILE_BYTES:
        messages.append(f"{file.name}: larger than {MAX_FILE_BYTES} bytes")
        return None
    try:
        # An editor on Windows may add a byte order mark.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        messages.append(f"{file.name}: not UTF-8 at byte {error.start}")
        return None


def _follows(fault: PlanFault, unread: set[str]) -> bool:
    """Whether a fault only says again that a file could not be read."""
    if fault.table == "plan":
        return (
            HEAD_FILE in unread
            or (fault.field == "region" and "units" in unread)
            or (fault.field == "reported_list" and "tasks" in unread)
        )
    refers_to = {
        "unit_code": "units",
        "inside": "units",
        "members": "units",
        "parent": "tasks",
        "task": "tasks",
        "repeats_indicator": "indicators",
    }
    return refers_to.get(fault.field.split()[-1]) in unread


def _message(fault: PlanFault) -> str:
    table = "units" if fault.table == COLLECTIVES else fault.table
    file = HEAD_FILE if table == "plan" else f"{table}.toml"
    return f"{file}: {fault}"
