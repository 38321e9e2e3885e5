"""``python -m tests.benchmarks.texts``: see the package."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.texts.carry import PERIODS, carry
from tests.benchmarks.texts.draw import draw

PATIENCE_S = 600


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry the texts and print what came of them; 1 when one was not as it was."""
    asked = _parser().parse_args(arguments)
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        resave = unchanged if asked.plain else saved_again
        found = carry(draw(asked.seed, asked.texts), Path(folder), resave, asked.books)
    for breach in found.breaches:
        print(breach)
    for code, count in Counter(code for _, code in found.refused).items():
        print(f"refused: {count} {code}")
    spent = time.monotonic() - begun
    print(
        f"seed {asked.seed}: {asked.texts} texts, {found.kept} kept ({found.altered} not as typed), "
        f"{len(found.refused)} refused, {found.books} workbooks, {len(found.breaches)} breaches, {spent:.0f} s"
    )
    return 1 if found.breaches else 0


def unchanged(paths: Sequence[Path]) -> Sequence[Path]:
    """The workbooks as the program wrote them."""
    return paths


def saved_again(paths: Sequence[Path]) -> Sequence[Path]:
    """The workbooks as LibreOffice saves them, the evidence still beside them."""
    folder = paths[0].parent
    out = folder / "saved"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    for archive in folder.glob("*.zip"):
        archive.rename(out / archive.name)
    return [out / path.name for path in paths]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.texts")
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--books", type=int, default=len(PERIODS), help="workbooks at most")
    parser.add_argument("--plain", action="store_true", help="without saving by LibreOffice")
    return parser


if __name__ == "__main__":
    sys.exit(main())
