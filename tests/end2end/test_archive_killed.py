"""A program that is killed while it writes an archive leaves the old file or none, and the next one clears up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.archive_reader import read_folder, read_zip
from tests.helpers.archive_scene import sent_county

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
# At the step of its number the program is gone, as if the plug was pulled.
CHILD = """
import os, signal, sys
from pathlib import Path
from kjxd_desktop.bootstrap.office import reading_office

workspace, target, folder, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "folder", int(sys.argv[4])

def told(done, total):
    if done == step:
        os.kill(os.getpid(), signal.SIGKILL)

with reading_office(workspace) as office:
    office.actions.archive.write(2024, target, folder=folder, replace=True, told=told)
"""


def write(workspace: Path, target: Path, sort: str, step: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(workspace), str(target), sort, str(step)], cwd=ROOT, check=False
    )
    return done.returncode


@pytest.mark.parametrize("sort", ["zip", "folder"])
def test_a_kill_leaves_the_old_file_or_none(tmp_path: Path, sort: str) -> None:
    workspace, _ = sent_county(tmp_path)
    place = tmp_path / "stick"
    place.mkdir()
    target = place / "归档"
    if sort == "zip":
        target.write_bytes(b"last year's")
    before = sorted(os.listdir(place))
    for step in (1, 4, 12, 20):
        assert write(workspace, target, sort, step) == -signal.SIGKILL
        seen = [name for name in os.listdir(place) if not name.startswith(".kjxd-")]
        assert sorted(seen) == before
        assert sort == "folder" or target.read_bytes() == b"last year's"
    assert write(workspace, target, sort, 0) == 0
    archive = read_zip(target) if sort == "zip" else read_folder(target)
    assert archive.wrong_digests() == set()
    assert os.listdir(place) == ["归档"]
