"""How much of a foreign file is read at most, and the walls around the process that reads it."""

from __future__ import annotations

import sys

from kjxd_desktop.domain.file_fault import FaultCode

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 50 * MEBIBYTE
MAX_UNPACKED_BYTES = 200 * MEBIBYTE
MAX_PARTS = 5_000
MAX_SHEETS = 200
# Cells with content, all sheets together; a city's whole consolidation has about 20,000.
MAX_CELLS = 200_000
# Cells of any kind a parser has to make: styled empty ones and those that merging covers. openpyxl
# makes an object for each covered cell, which is how a file of 10 KB holds it for minutes.
MAX_STYLED_CELLS = 600_000
MAX_MERGED_CELLS = 300_000
# Places of the rectangles from A1 to the last cell of each row: a single far cell must not cost a gigabyte.
MAX_PLACES = 2_000_000
# Tags of a package beside those of cells and rows: shared texts, above all.
MAX_TAGS = 1_200_000
# Of one part without such texts: Excel's most cell styles need less.
MAX_PART_TAGS = 400_000
# Tags of an open document, whose cells, styles and texts are one part.
MAX_DOCUMENT_TAGS = 2_400_000
# Bytes of one tag; the longest that programs write, a table's header with all name spaces, has a thousand.
MAX_TAG_BYTES = MEBIBYTE

MEMORY_BYTES = 1024 * MEBIBYTE
# Seconds of processor time for one file, which a slow machine has as well as a fast one.
CPU_SECONDS = 60


class Refused(Exception):
    """Raised inside the reader where a file is not read; ``parse`` adds the file's name."""

    def __init__(self, code: FaultCode, detail: str = "", **params: str) -> None:
        super().__init__(f"{code} {params} {detail}")
        self.code = code
        self.detail = detail
        self.params = params


def too_big(what: str, limit: int) -> Refused:
    """The refusal of a file beyond a limit; ``what`` is explained at :class:`FileFault`."""
    shown = limit // MEBIBYTE if what in ("file", "unpacked") else limit
    return Refused(FaultCode.TOO_BIG, what=what, limit=str(shown))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LIMIT_PROCESS_MEMORY = 0x100
    _LIMIT_DIE_ON_UNHANDLED = 0x400
    _EXTENDED_LIMIT_INFORMATION = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", wintypes.LARGE_INTEGER),
            ("per_job_user_time", wintypes.LARGE_INTEGER),
            ("limit_flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_process_limit", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def limit_memory() -> None:
        """Put this process into a Job Object that caps its memory.

        Where the system refuses (a job that allows no nesting, before Windows 8) the process runs
        without this wall; the limits on size and time remain.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return
        limits = _ExtendedLimits()
        limits.basic.limit_flags = _LIMIT_PROCESS_MEMORY | _LIMIT_DIE_ON_UNHANDLED
        limits.process_memory = MEMORY_BYTES
        kernel.SetInformationJobObject(
            job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        # The handle stays open on purpose: the job lives as long as this process.
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

    def allow_cpu_time() -> None:
        """Nothing here: on Windows ``Reader`` looks how long the process computes, and ends it."""

else:
    import resource

    def limit_memory() -> None:
        """Cap the address space of this process; beyond it Python raises MemoryError."""
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def allow_cpu_time() -> None:
        """Give the next file ``CPU_SECONDS`` of processor time; beyond it SIGXCPU ends the process.

        The limit counts the life of a process, so it moves on with every file.
        """
        usage = resource.getrusage(resource.RUSAGE_SELF)
        wanted = int(usage.ru_utime + usage.ru_stime) + 1 + CPU_SECONDS
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
