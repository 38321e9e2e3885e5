"""The commands that README.md tells people to type are there and mean something."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def code() -> str:
    """Everything in README.md that is set as code: blocks, then spans."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = FENCED.findall(text)
    return "\n".join([*blocks, *INLINE.findall(FENCED.sub("", text))])


def test_readme_names_the_two_commands(code: str) -> None:
    assert {"sh packaging/run.sh", "sh packaging/test.sh"} <= {line.strip() for line in code.splitlines()}


def test_every_script_it_names_is_there(code: str) -> None:
    named = set(re.findall(r"packaging[/\\][\w.-]+", code))
    assert {name for name in named if not (ROOT / name.replace("\\", "/")).is_file()} == set()


@pytest.mark.parametrize("name", ["run.sh", "test.sh", "bootstrap_env.sh"])
def test_the_shell_scripts_parse(name: str) -> None:
    done = subprocess.run(
        ["sh", "-n", str(ROOT / "packaging" / name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_verb_it_names_is_a_verb_of_the_program(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kjxd_desktop", "--help"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    verbs = set(re.findall(r"^ {4}([a-z][a-z-]*)", done.stdout, re.MULTILINE))
    named = set(re.findall(r"(?:kjxd-desktop|-m kjxd_desktop|packaging/run\.sh) ([a-z][a-z-]*)", code))
    assert named - verbs == set()
