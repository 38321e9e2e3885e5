"""Where the packages are, and the Baiyin document split for comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.plan import Plan

PLANS = Path(__file__).parents[2] / "resources" / "plans"


@pytest.fixture(scope="session")
def plans_root() -> Path:
    """Folder of the built-in packages."""
    return PLANS


@pytest.fixture(scope="session")
def baiyin_lines(baiyin: Plan) -> list[str]:
    """The document's lines that hold anything, outer white space removed."""
    return [line.strip() for line in baiyin.document.splitlines() if line.strip()]
