"""The Baiyin package, loaded once, and its document split for comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.plans.package import load_package

PLANS = Path(__file__).parents[3] / "resources" / "plans"


@pytest.fixture(scope="session")
def plans_root() -> Path:
    """Folder of the built-in packages."""
    return PLANS


@pytest.fixture(scope="session")
def baiyin() -> Plan:
    """白银市强科技行动实施方案(2022—2025年)."""
    return load_package(PLANS / "baiyin-2022")


@pytest.fixture(scope="session")
def baiyin_lines(baiyin: Plan) -> list[str]:
    """The document's lines that hold anything, outer white space removed."""
    return [line.strip() for line in baiyin.document.splitlines() if line.strip()]
