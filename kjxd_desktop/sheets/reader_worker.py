"""Main loop of the reader process: one JSON line in names a file, one JSON line out answers.

Started by ``python -m kjxd_desktop reader-process`` before anything else is imported. A file that makes
a parser run wild takes this process with it, never the application and the data it holds.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.sheets.limits import MAX_FILE_BYTES, allow_cpu_time, limit_memory
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.wire import Json, book_to_json, fault_to_json
from kjxd_desktop.usecases.input_files import read_file


def run_reader() -> int:
    """Answer requests until standard input ends.

    Returns:
        Exit status, 0.
    """
    # Ctrl+C in a terminal goes to every process of the program. This one ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a parser prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # openpyxl takes numpy along when it finds it, for nothing that is needed here: 0.15 s to start, and
    # its thread pools alone can reserve more address space than this process may have.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    limit_memory()
    # A parse makes some hundred thousand objects and drops them all at its end: collecting garbage in
    # between costs a third of the time and finds nothing. It is done after each answer instead.
    gc.disable()
    with requests, answers:
        serve(requests, answers)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each line of ``requests`` with a line of ``answers``.

    A request is ``{"path": …}``; its answer ``{"book": …}`` or ``{"fault": …}``.
    """
    for line in requests:
        allow_cpu_time()
        answers.write(json.dumps(_answer(Path(json.loads(line)["path"]))).encode("ascii") + b"\n")
        answers.flush()
        gc.collect()


def _answer(path: Path) -> Json:
    try:
        return {"book": book_to_json(parse_book(read_file(path, MAX_FILE_BYTES), path.name))}
    except FileFault as fault:
        return {"fault": fault_to_json(fault)}
    except MemoryError:
        return {"fault": fault_to_json(FileFault(FaultCode.TOO_BIG, path.name, {"what": "memory"}))}
