"""Faults of files and folders: what the machine or a file itself does not allow.

A fault is neither a bug nor a problem of the data: the file has a password, the disk is full. It holds
a code and parameters; ``wording.files`` has the sentence for each code.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kjxd_desktop.domain.file_names import readable_name


class FaultCode(StrEnum):
    """Every fault that reading or writing a file can meet."""

    NOT_FOUND = "not_found"
    IS_FOLDER = "is_folder"
    NOT_A_FILE = "not_a_file"
    CHANGING = "changing"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    PASSWORD = "password"
    BROKEN = "broken"
    PICTURE = "picture"
    NOT_TABLE = "not_table"
    HTML_AS_XLS = "html_as_xls"
    TIMEOUT = "timeout"
    READER_FAILED = "reader_failed"
    DISK_FULL = "disk_full"
    FOLDER_MISSING = "folder_missing"
    FOLDER_READ_ONLY = "folder_read_only"
    FILE_IN_USE = "file_in_use"
    WRITTEN_DIFFERENTLY = "written_differently"
    WRITE_FAILED = "write_failed"
    BACKUP_DAMAGED = "backup_damaged"
    TARGET_EXISTS = "target_exists"
    TARGET_IS_WORKSPACE = "target_is_workspace"
    TARGET_IS_INPUT = "target_is_input"
    TARGET_IS_FOLDER = "target_is_folder"
    TARGET_NOT_EMPTY = "target_not_empty"
    TARGET_NOT_A_FILE = "target_not_a_file"
    TARGET_NOT_TOURS = "target_not_tours"
    TARGET_NOT_WORKSPACE = "target_not_workspace"
    INPUT_IS_WORKSPACE = "input_is_workspace"
    BACKUP_IS_WORKSPACE = "backup_is_workspace"
    BACKUP_ALTERED = "backup_altered"
    NOT_BACKUP = "not_backup"


class FileFault(Exception):
    """Raised where a file cannot be read or written.

    Attributes:
        code: What is wrong.
        path_name: The file's name without its folder, as it can be shown to the person.
        params: Texts the sentence needs; always holds ``name``. ``not_table`` holds ``kind`` (pdf, word,
            slides, archive, ofd, xml, text, other), ``too_big`` holds ``what`` (file, unpacked, parts,
            sheets, cells, merged, memory) and, but for memory, ``limit``.
        detail: English words for the log, never shown as the sentence.
    """

    def __init__(
        self, code: FaultCode, path_name: str, params: Mapping[str, str] | None = None, detail: str = ""
    ) -> None:
        path_name = readable_name(path_name)
        super().__init__(f"{path_name}: {code} {dict(params or {})} {detail}".rstrip())
        self.code = code
        self.path_name = path_name
        self.params: Mapping[str, str] = {"name": path_name, **(params or {})}
        self.detail = detail
