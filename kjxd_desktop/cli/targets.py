"""Files that a command writes: named in one way, looked at before anything is done."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.usecases.targets import require_target
from kjxd_desktop.wording.receiving.imports import evidence_path

Targets = Callable[[argparse.Namespace], Iterable[Path]]


def add_target(parser: argparse.ArgumentParser, text: str, *, with_evidence: bool = False) -> None:
    """The file a command writes, and whether one that stands there may go.

    Args:
        with_evidence: An archive of evidence may be written beside it; an old one there would go for this one's.
    """
    parser.add_argument("file", type=Path, help=text)
    if with_evidence:
        mark_targets(parser, lambda options: (options.file, evidence_path(options.file)))
    else:
        mark_targets(parser, lambda options: (options.file,))


def mark_targets(parser: argparse.ArgumentParser, targets: Targets) -> None:
    """Say which of a command's words name files that it writes."""
    parser.add_argument("--replace", action="store_true", help="已有同名的文件，换掉它")
    parser.set_defaults(targets=targets)


def require_targets(options: argparse.Namespace) -> None:
    """Refuse a command whose file must not be written.

    Raises:
        FileFault: ``target_is_input``, ``target_exists``, ``target_is_workspace`` …
    """
    targets: Targets | None = getattr(options, "targets", None)
    wanted = () if targets is None else tuple(targets(options))
    for path in wanted:
        for read in _inputs(options, wanted):
            with suppress(OSError, ValueError):
                if os.path.samefile(path, read):
                    raise FileFault(FaultCode.TARGET_IS_INPUT, path.name)
        require_target(path, replace=options.replace)


def _inputs(options: argparse.Namespace, targets: tuple[Path, ...]) -> Iterator[Path]:
    """Files that the command may read; of the workspace itself the targets know more."""
    for name, value in vars(options).items():
        for item in value if isinstance(value, list | tuple) else (value,):
            # A plan may be named by its number or by its workbook.
            if name == "plan" and isinstance(item, str):
                yield Path(item)
            elif (
                isinstance(item, Path)
                and name not in ("workspace", "window_workspace")
                and item not in targets
            ):
                yield item
