"""The plan packages of a folder: which there are, and one of them loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.plans.package import HEAD_FILE, PlanPackageError, load_package, read_head


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """Head of a package, enough to choose it from a list.

    Attributes:
        period: First and last year.
        folder: Where it lies.
    """

    id: str
    title: str
    short_title: str
    region: str
    period: tuple[int, int]
    folder: Path


def list_packages(root: Path) -> tuple[PackageSummary, ...]:
    """The packages under a folder, the plan that ends last first.

    Only heads are read, which takes about a millisecond each; a package may still turn out to be
    faulty when it is loaded.

    Args:
        root: Folder whose sub-folders are packages; other files and folders in it are ignored.

    Raises:
        PlanPackageError: When a head cannot be read or lacks one of the fields shown.
    """
    if not root.is_dir():
        return ()
    found = [_summary(folder) for folder in root.iterdir() if (folder / HEAD_FILE).is_file()]
    return tuple(sorted(found, key=lambda item: (-item.period[1], -item.period[0], item.id)))


def load_builtin(root: Path, plan_id: str) -> Plan:
    """Load the package of that id.

    Raises:
        CallError: ``unknown_plan`` when there is none; ids are never taken as paths.
        PlanPackageError: When the package is faulty.
    """
    folders = root.iterdir() if root.is_dir() else ()
    for folder in folders:
        if folder.name == plan_id and (folder / HEAD_FILE).is_file():
            return load_package(folder)
    raise wrong_call("plan", "unknown_plan", plan=plan_id)


def _summary(folder: Path) -> PackageSummary:
    head = read_head(folder)
    texts = {name: head.get(name) for name in ("id", "title", "short_title", "region")}
    messages = [
        f"{HEAD_FILE}: [plan]: {name}: must be quoted text"
        for name, text in texts.items()
        if not isinstance(text, str)
    ]
    years = head.get("period")
    match years:
        case [int(first), int(last)]:
            period = (first, last)
        case _:
            messages.append(f"{HEAD_FILE}: [plan]: period: must be two years: first and last")
            period = (0, 0)
    if messages:
        raise PlanPackageError(folder, tuple(messages))
    return PackageSummary(
        str(texts["id"]), str(texts["title"]), str(texts["short_title"]), str(texts["region"]), period, folder
    )
