"""The application's side of the reader process."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book
from kjxd_desktop.sheets.limits import CPU_SECONDS
from kjxd_desktop.sheets.processor_time import processor_seconds
from kjxd_desktop.sheets.wire import book_from_json, fault_from_json

_log = logging.getLogger(__name__)

_GOODBYE_SECONDS = 2.0
# Seconds between two looks at a process that has not answered yet.
_LOOK_SECONDS = 0.25
# Where the processor time of another process cannot be seen (neither Linux nor Windows), it may be silent
# this many times longer: its own limit ends it when it computes for ever.
_UNSEEN = 10
# Windows only: no console window flashes up.
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
# Signal 24, SIGXCPU: the processor time of ``limits.CPU_SECONDS`` is used up.
_OUT_OF_CPU_TIME = -24


class Reader:
    """Reads foreign spreadsheet files in a process of its own.

    The process starts with the first file, or with :meth:`start`, and serves until :meth:`close`. One
    file is read at a time; calls from several threads wait for each other. A context manager.

    Args:
        command: Program and arguments that run ``reader_worker.run_reader``.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that serves now; None before the first file and after :meth:`close`."""
        return None if self._process is None else self._process.pid

    def read(self, path: Path, standstill_s: float = 60) -> Book:
        """Read a file, however long that takes a slow machine.

        Given up is what has computed for ``limits.CPU_SECONDS``, and what stands still.

        Args:
            path: The file.
            standstill_s: Seconds without an answer and without any computing (a share that no longer
                answers) after which the process is ended and the file given up.

        Returns:
            What the file holds.

        Raises:
            FileFault: It cannot be read. The next file is read by a fresh process where needed.
        """
        with self._lock:
            try:
                process = self._running()
            except OSError as error:
                raise FileFault(FaultCode.READER_FAILED, path.name, detail=str(error)) from error
            answer = self._ask(process, path, standstill_s)
        try:
            data = json.loads(answer)
            if "fault" not in data:
                return book_from_json(data["book"])
            fault = fault_from_json(data["fault"])
        except (KeyError, TypeError, ValueError) as error:
            raise FileFault(FaultCode.READER_FAILED, path.name, detail=f"answer: {error}") from error
        _log.info("not read: %s", fault)
        raise fault

    def close(self) -> None:
        """End the process; a later :meth:`read` starts a new one."""
        with self._lock:
            if self._process is not None:
                _end(self._process, _GOODBYE_SECONDS)
                self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._process is not None:
            _end(self._process, 0)
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], path: Path, standstill_s: float) -> bytes:
        """Send the request and wait for the whole answer; a process that fails to answer is ended."""
        requests, answers = process.stdin, process.stdout
        assert requests is not None and answers is not None, "started with pipes"
        request = json.dumps({"path": str(path.absolute())}).encode("ascii") + b"\n"
        received: list[bytes] = []
        # Pipes cannot be waited for with a limit on Windows; a thread that reads can.
        arguments = (requests, answers, request, received)
        listener = threading.Thread(target=_exchange, args=arguments, daemon=True)
        listener.start()
        answered = False
        try:
            answered = _wait_for(listener, process, standstill_s)
        finally:
            if not answered:
                # Also when the waiting was broken off: the next file must not get this one's answer.
                _end(process, 0)
                listener.join()
                self._process = None
        if not answered:
            raise FileFault(FaultCode.TIMEOUT, path.name, {"seconds": f"{standstill_s:g}"})
        if received and received[0].endswith(b"\n"):
            return received[0]
        _end(process, _GOODBYE_SECONDS)
        self._process = None
        if process.returncode == _OUT_OF_CPU_TIME:
            raise FileFault(FaultCode.TIMEOUT, path.name, {"seconds": f"{CPU_SECONDS:g}"})
        raise FileFault(FaultCode.READER_FAILED, path.name, detail=f"ended with {process.returncode}")


def _wait_for(listener: threading.Thread, process: subprocess.Popen[bytes], standstill_s: float) -> bool:
    """Wait for the answer as long as the process computes towards it; False when it is given up.

    Time is counted in looks: while this process gets no time itself, none of the patience is used.
    """
    began = used = processor_seconds(process)
    patience = standstill_s if began is not None else standstill_s * _UNSEEN
    still = 0.0
    while True:
        look = min(_LOOK_SECONDS, standstill_s)
        listener.join(look)
        if not listener.is_alive():
            return True
        now = processor_seconds(process)
        still = still + look if now == used else 0.0
        used = now
        if still >= patience:
            return False
        # On Windows no limit of the process itself does this.
        if began is not None and now is not None and now - began > CPU_SECONDS + 1:
            return False


def _exchange(requests: IO[bytes], answers: IO[bytes], request: bytes, received: list[bytes]) -> None:
    try:
        requests.write(request)
        requests.flush()
        received.append(answers.readline())
    except (OSError, ValueError) as error:
        # The process is gone or was ended while this waited; the caller sees that nothing was received.
        _log.debug("reader process: %s", error)


def _end(process: subprocess.Popen[bytes], patience_s: float) -> None:
    """Let a process go: closing its input asks it to end, killing makes it, waiting leaves no zombie."""
    assert process.stdin is not None and process.stdout is not None, "started with pipes"
    if patience_s == 0:
        process.kill()
    try:
        process.stdin.close()
    except OSError as error:
        _log.debug("reader process: %s", error)
    try:
        process.wait(patience_s or None)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
