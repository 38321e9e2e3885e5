"""The hooks before a commit: they are checks of the test command, with its tools, and find what is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
CONFIG = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"- id: (\S+)\n.*?\n +entry: ([^\n]+)", CONFIG, re.DOTALL))
TOOLS = Path(sys.executable).parent


def run(hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call a hook's command as it stands, but with the tools of the environment that runs the tests."""
    tool, *rest = ENTRIES[hook].split()
    command = [str(TOOLS / Path(tool).name), *rest, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_everything_is_at_hand() -> None:
    assert set(re.findall(r"- repo: (\S+)", CONFIG)) == {"local"}
    assert set(re.findall(r"language: (\S+)", CONFIG)) == {"system"}
    assert set(ENTRIES) == {"ruff-format", "ruff-check", "mypy", "import-linter"}
    command = (ROOT / "packaging" / "test.sh").read_text(encoding="utf-8")
    for entry in ENTRIES.values():
        tool = Path(entry.split()[0])
        assert tool.parent == Path(".venv/bin"), entry
        assert f"$venv/bin/{tool.name}" in command, entry


@pytest.mark.parametrize("hook", sorted(ENTRIES))
def test_every_command_exists(hook: str) -> None:
    answer = run(hook, "--help")
    assert answer.returncode == 0 and "Usage" in answer.stdout.title()


def test_a_file_in_order_passes_and_another_does_not(tmp_path: Path) -> None:
    tidy, untidy, idle = (tmp_path / name for name in ("tidy.py", "untidy.py", "idle.py"))
    tidy.write_text('"""Tidy."""\n\nCOUNT = 1\n', encoding="utf-8")
    untidy.write_text('"""Untidy."""\nCOUNT   =   1\n', encoding="utf-8")
    idle.write_text('"""Idle."""\n\nimport os\n', encoding="utf-8")
    assert [run("ruff-check", str(path)).returncode for path in (tidy, idle)] == [0, 1]
    assert run("ruff-format", str(untidy)).returncode == 0
    # The tool before a commit stops when a hook has changed a file.
    assert untidy.read_text(encoding="utf-8") == '"""Untidy."""\n\nCOUNT = 1\n'
    assert run("ruff-format", "--check", str(tidy), str(untidy), str(idle)).returncode == 0
