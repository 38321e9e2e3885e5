"""Files that prove something, kept in the workspace by their contents: of tasks, and of targets in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.file_names import free_name, readable_name, safe_name
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.input_files import read_file
from kjxd_desktop.usecases.ports import UnitOfWork


def read_evidence(paths: Sequence[Path]) -> tuple[tuple[str, bytes], ...]:
    """Names and contents of files, read before anything is written.

    Raises:
        ProblemError: ``evidence_unreadable``, ``evidence_is_folder``, ``evidence_not_a_file``,
            ``evidence_is_workspace``,
            ``evidence_changing``, ``evidence_empty`` or ``evidence_too_big``.
    """
    return tuple((path.name, _content(path)) for path in paths)


def kept_evidence(
    uow: UnitOfWork, name: str, content: bytes, beside: Iterable[str] = ()
) -> tuple[Evidence, Notes]:
    """Keep a file's content; its name as every system can store it, with a note when it was changed.

    Args:
        beside: Names of the files it stands beside.
    """
    digest = uow.returns.add_evidence(content)
    safe = safe_name(name)
    file = Evidence(free_name(safe, beside), len(content), digest)
    told: Notes = () if safe == name else (("evidence_renamed", (("name", file.name),)),)
    return file, told


_REFUSALS = {
    FaultCode.IS_FOLDER: "evidence_is_folder",
    FaultCode.NOT_A_FILE: "evidence_not_a_file",
    FaultCode.INPUT_IS_WORKSPACE: "evidence_is_workspace",
    FaultCode.CHANGING: "evidence_changing",
    FaultCode.TOO_BIG: "evidence_too_big",
}


def _content(path: Path) -> bytes:
    name = readable_name(path.name)
    try:
        content = read_file(path, MAX_EVIDENCE_BYTES)
    except FileFault as fault:
        size = {"size": fault.params["size"]} if fault.code is FaultCode.TOO_BIG else {}
        code = _REFUSALS.get(fault.code, "evidence_unreadable")
        raise refuse("evidence", code, name=name, **size) from fault
    if not content:
        raise refuse("evidence", "evidence_empty", name=name)
    return content
