"""Every reference to a document in code, tests and READMEs opens a file and a section of this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
HANDBOOK = "resources/handbook"
# Where references are looked for: folders with the endings of their files, and files.
FOLDERS = (
    ("kjxd_desktop", (".py", ".sh", ".toml")),
    ("tests", (".py", ".sh", ".toml")),
    ("migrations", (".py", ".sh", ".toml")),
    ("packaging", (".py", ".sh", ".toml")),
    (HANDBOOK, (".md",)),
)
FILES = ("README.md", "resources/plans/README.md")
# Where a document that is named may stand, beside the root.
HOMES = ("", HANDBOOK, "resources", "resources/plans", "resources/manual")
LONGEST_LINE = 110
# Fewer would mean that the search has become blind, not that the code says so little.
LEAST_SECTIONS = 20

# A line may end inside a reference, also inside one that stands in a comment.
_GAP = r"(?:[ \t]*\n[ \t]*#?[ \t]*|[ \t]+)"
_NUMBER = r"\d+(?:\.\d+)*"
_AND = rf"(?:,{_GAP}(?:and{_GAP})?|{_GAP}and{_GAP})"
_REFERENCE = re.compile(
    rf"(?P<name>[\w*./-]*\w\.md)\b(?:`{{0,2}}{_GAP}(?P<sections>{_NUMBER}(?:{_AND}{_NUMBER})*)(?!\w))?"
)
_HEADING = re.compile(rf"#{{2,6}} ({_NUMBER}) \S")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that is named somewhere, with the number of a section where one is given."""

    file: str
    line: int
    name: str
    section: str = ""

    def told(self, what: str) -> str:
        """What is wrong with it, as a compiler would say it."""
        return f"{self.file}:{self.line}: {self.name} {self.section}".rstrip() + f": no such {what}"


def searched(root: Path) -> Iterator[Path]:
    """Every file in which references are looked for."""
    for folder, endings in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in endings)
    yield from (root / name for name in FILES if (root / name).is_file())


def references(root: Path) -> Iterator[Reference]:
    """Every reference, one for each section that it names."""
    for path in searched(root):
        text = path.read_text("utf-8")
        for match in _REFERENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            sections = re.findall(_NUMBER, match["sections"] or "")
            for section in sections or [""]:
                yield Reference(path.relative_to(root).as_posix(), line, match["name"], section)


def documents(root: Path, name: str) -> list[Path]:
    """The files a name may mean; a star stands for anything."""
    found = [path for home in HOMES for path in sorted((root / home).glob(name))]
    return [path for path in found if path.is_file()]


def sections(path: Path) -> list[str]:
    """Numbers of a document's headings, in order; what stands between fences is none."""
    found, fenced = [], False
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.match(line)):
            found.append(heading[1])
    return found


def bad_references(root: Path) -> list[str]:
    """What leads nowhere, each with its file and line."""
    bad = []
    for reference in references(root):
        found = documents(root, reference.name)
        if not found:
            bad.append(reference.told("document"))
        elif reference.section and all(reference.section not in sections(path) for path in found):
            bad.append(reference.told("section"))
    return bad


def handbook() -> list[Path]:
    return sorted((ROOT / HANDBOOK).glob("*.md"))


def test_every_reference_leads_somewhere() -> None:
    found = list(references(ROOT))
    assert sum(bool(item.section) for item in found) >= LEAST_SECTIONS
    bad = bad_references(ROOT)
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("path", handbook(), ids=lambda path: path.name)
def test_sections_have_numbers_of_their_own(path: Path) -> None:
    numbers = sections(path)
    assert numbers and len(set(numbers)) == len(numbers)
    places = [tuple(map(int, number.split("."))) for number in numbers]
    assert places == sorted(places), "in order"
    assert all(place[:-1] in ((), *places) for place in places), "each under its chapter"


@pytest.mark.parametrize("path", handbook(), ids=lambda path: path.name)
def test_lines_of_the_handbook_can_be_read(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    long = [number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE]
    assert long == []


def test_the_handbook_says_what_stands_where() -> None:
    first = (ROOT / HANDBOOK / "README.md").read_text("utf-8")
    others = [path.name for path in handbook() if path.name != "README.md"]
    assert len(others) == 6
    assert all(f"`{name}`" in first for name in others)


# The test of the test. Names are put together, so that they are no references themselves.
MD = "md"
DOCUMENT = """# Rules

## 1 Values

### 1.2 Status

```
## 3 Not a heading
```
"""


def tree(root: Path, text: str, name: str = "kjxd_desktop/domain/cells.py") -> Path:
    """A small repository with one document and one file that refers to it."""
    for path, content in ((f"{HANDBOOK}/rules.{MD}", DOCUMENT), (name, text)):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8")
    return root


@pytest.mark.parametrize(
    "text",
    [
        f"rules.{MD}, and 7 more",
        f"(rules.{MD} 1)",
        f"see rules.{MD} 1.2.",
        f"``rules.{MD}`` 1.2 says",
        f"rules.{MD} 1 and 1.2",
        f"handbook/rules.{MD} 1,\n    1.2",
        f"# as rules.{MD}\n# 1.2 wants",
        f'glob("*les.{MD}")',
    ],
)
def test_good_references_are_let_through(tmp_path: Path, text: str) -> None:
    assert bad_references(tree(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"(semantics.{MD} 1)", [f"1: semantics.{MD} 1: no such document"]),
        (f"\n\nlook.{MD}, entry cells", [f"3: look.{MD}: no such document"]),
        (f"(rules.{MD} 2)", [f"1: rules.{MD} 2: no such section"]),
        (f"rules.{MD} 3", [f"1: rules.{MD} 3: no such section"]),
        (f"rules.{MD} 1.20", [f"1: rules.{MD} 1.20: no such section"]),
        (f"rules.{MD} 1, 4 and 5", [f"1: rules.{MD} {number}: no such section" for number in (4, 5)]),
        (f"x\n# (rules.{MD} 1,\n# 6)", [f"2: rules.{MD} 6: no such section"]),
        (f'glob("*-none.{MD}")', [f"1: *-none.{MD}: no such document"]),
    ],
)
def test_a_bad_reference_is_told_with_its_place(tmp_path: Path, text: str, told: list[str]) -> None:
    where = "kjxd_desktop/domain/cells.py"
    assert bad_references(tree(tmp_path, text, where)) == [f"{where}:{line}" for line in told]


@pytest.mark.parametrize(
    "where",
    ["tests/rooms/test_x.py", "migrations/env.py", "packaging/run.sh", "README.md", f"{HANDBOOK}/x.{MD}"],
)
def test_everywhere_that_is_searched(tmp_path: Path, where: str) -> None:
    text = f"domain.{MD} 1"
    assert bad_references(tree(tmp_path, text, where)) == [f"{where}:1: {text}: no such document"]


def stale_names(root: Path) -> list[str]:
    """Dotted names in double backticks that begin with a floor and lead to no module of it."""
    modules = {".".join(path.relative_to(root).with_suffix("").parts) for path in root.rglob("*.py")}
    floors = {path.name for path in root.iterdir() if path.is_dir()}
    found = []
    for path in sorted(root.rglob("*.py")):
        for match in re.finditer(r"``([a-z_]+(?:\.[A-Za-z_]+)+)``", path.read_text("utf-8")):
            parts = match[1].split(".")
            leads = any(".".join(parts[:length]) in modules for length in range(2, len(parts) + 1))
            if parts[0] in floors and not leads:
                found.append(f"{path.name}: {match[1]}")
    return found


def test_names_of_modules_in_docstrings_lead_somewhere(tmp_path: Path) -> None:
    assert stale_names(ROOT / "kjxd_desktop") == []
    floor = tmp_path / "domain"
    floor.mkdir()
    (floor / "plan.py").write_text('"""See ``domain.plan.Plan`` and ``domain.gone.Thing``."""', "utf-8")
    assert stale_names(tmp_path) == ["plan.py: domain.gone.Thing"]
