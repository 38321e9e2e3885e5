"""How much processor time another process has used: it tells a slow machine from a process that hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _TICKS_PER_SECOND = 10_000_000

    def processor_seconds(process: subprocess.Popen[bytes]) -> float | None:
        """Seconds a process has computed, in the system and by itself; None when that is not known."""
        times = [wintypes.FILETIME() for _ in range(4)]
        handle = wintypes.HANDLE(int(getattr(process, "_handle", 0)))
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
            return None
        used = sum((item.dwHighDateTime << 32) + item.dwLowDateTime for item in times[2:])
        return float(used / _TICKS_PER_SECOND)

else:
    # Fields of /proc/PID/stat after the name in brackets: time in the program, time in the system.
    _USER, _SYSTEM = 11, 12

    def processor_seconds(process: subprocess.Popen[bytes]) -> float | None:
        """Seconds a process has computed, in the system and by itself; None when that is not known."""
        try:
            told = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8", errors="replace")
            fields = told.rpartition(")")[2].split()
            return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError, ValueError):
            return None
