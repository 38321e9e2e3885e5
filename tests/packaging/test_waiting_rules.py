"""Tests wait for states, never for times: how fast a computer is must not decide what it finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
# What waits for a time (0 does not), and limits of seconds written beside the state they guard.
TIMES = re.compile(r"time\.sleep\(|qtbot\.wait\(|qWait\(|timeout=[1-9]|\bsleep\(\d")
# Measurements are about time.
MEASURES = TESTS / "benchmarks"


@pytest.mark.parametrize("words", ["time.sleep(1)", "qtbot.wait(20)", "done.wait(timeout=30)"])
def test_the_rule_sees_a_wait_for_a_time(words: str) -> None:
    assert TIMES.search(words)


def test_no_test_waits_for_a_time() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{number}: {line.strip()}"
        for path in sorted(TESTS.rglob("*.py"))
        if MEASURES not in path.parents and path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if TIMES.search(line)
    ]
    assert found == []
