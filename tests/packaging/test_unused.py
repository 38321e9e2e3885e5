"""The search for unused code finds some when there is some, and allows no name that no longer needs it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from vulture.core import Vulture

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]
FOUND_SOME = 3


def test_a_function_that_nobody_calls_is_found(tmp_path: Path) -> None:
    invented = tmp_path / "invented.py"
    invented.write_text(
        'def used() -> int:\n    return 1\n\n\ndef nobody_calls_this() -> int:\n    """Idle."""\n    return used()\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "vulture", str(invented)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert answer.returncode == FOUND_SOME
    said = answer.stdout.splitlines()
    assert len(said) == 1 and "unused function 'nobody_calls_this'" in said[0]


def test_every_allowed_name_is_still_needed() -> None:
    search = Vulture(ignore_decorators=CONFIG["ignore_decorators"])
    search.scavenge([str(ROOT / path) for path in CONFIG["paths"]])
    unused = {item.name for item in search.get_unused_code(min_confidence=CONFIG["min_confidence"])}
    assert unused == set(CONFIG["ignore_names"])
