"""The command line: parse, call a use case, print. Exit status as cli-json.md 1.1 says."""

from __future__ import annotations

import sys
from collections.abc import Sequence

READER_VERB = "reader-process"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or the window when there is none; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [READER_VERB]:
        # The reader process must not load more than it needs: no parser, no Qt, no storage.
        from kjxd_desktop.sheets.reader_worker import run_reader

        return run_reader()
    from kjxd_desktop.cli.stopping import stoppable

    return stoppable(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    from kjxd_desktop.cli.parser import build_parser, make_absolute

    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.verb is not None and (options.read_only or options.window_workspace is not None):
        # A command that wrote in spite of --read-only would do what nobody asked for.
        parser.error("--read-only 和写在命令前面的 --workspace 只用来打开窗口")
    make_absolute(options)
    _speak_utf8()
    if options.verb is None:
        from kjxd_desktop.bootstrap.collector import put_off

        put_off()
        from kjxd_desktop.bootstrap.window import run_window

        return run_window(options.window_workspace, read_only=options.read_only)
    from kjxd_desktop.cli.run import run

    return run(options)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
