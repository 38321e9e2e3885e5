"""Reads a yearly archive as somebody does in ten years: a zip or folder, csv, json, digests. None of the program."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ReadArchive:
    """What lies in an archive, by its place."""

    files: dict[str, bytes]

    def table(self, name: str) -> list[dict[str, str]]:
        """Lines of a table as a spreadsheet shows them, by the titles of its columns."""
        content = self.files[f"数据/{name}.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The same as programs read them."""
        document = json.loads(self.files[f"数据/{name}.json"].decode("utf-8"))
        assert document["table"] == name
        return list(document["rows"])

    @property
    def readme(self) -> str:
        return self.files["说明.txt"].decode("utf-8-sig")

    def wrong_digests(self) -> set[str]:
        """Files that are not as the lists of digests say, or are in none."""
        wrong = set(self.files)
        for name, algorithm in (("SHA256SUMS.txt", "sha256"), ("SM3SUMS.txt", "sm3")):
            if name not in self.files:
                continue
            listed = {}
            for line in self.files[name].decode("utf-8").splitlines():
                digest, place = line.split("  ", 1)
                assert place not in listed
                listed[place] = digest
            for place, digest in listed.items():
                if hashlib.new(algorithm, self.files[place]).hexdigest() != digest:
                    return {place}
            wrong -= set(listed)
        return wrong - {"SHA256SUMS.txt"}


def read_zip(path: Path) -> ReadArchive:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        return ReadArchive({name: archive.read(name) for name in names})


def read_folder(path: Path) -> ReadArchive:
    files = {
        item.relative_to(path).as_posix(): item.read_bytes() for item in path.rglob("*") if item.is_file()
    }
    return ReadArchive(files)


def unguarded(cell: str) -> str:
    """A cell's text as it was: what keeps it a text is taken off, as the readme says."""
    return cell.removeprefix("'")
