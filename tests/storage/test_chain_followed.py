"""Lines of a damaged history that the chain of links proves, mends or leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.storage.history.line import StoredLine
from kjxd_desktop.storage.sqlite.salvage import Candidates, Salvage, goes_on_from, salvage
from kjxd_desktop.usecases.exchanged import ChainHead

HEAD = ChainHead(4, "a" * 64)
PLACE = ("baiyin-2022", "620422", "2024Q3")
WRONG = "0" * 64


def chain(count: int, head: ChainHead = HEAD) -> list[StoredLine]:
    """So many lines after a head, each a figure of an indicator of its own."""
    lines, link = [], head.link
    for number in range(head.line + 1, head.line + count + 1):
        line = StoredLine(
            number,
            f"2024-10-08T10:{number:02}:00+08:00",
            "王五",
            "entry",
            *PLACE,
            f"I{number:02}",
            None,
            f'{{"value":"{number}"}}',
            "typed",
            "",
        )
        link = linked(line, link)
        lines.append(replace(line, link=link))
    return lines


def linked(line: StoredLine, before: str) -> str:
    return replace(line, link="").linked(before)


def found_of(lines: list[StoredLine]) -> dict[int, tuple[StoredLine, ...]]:
    return {line.id: (line,) for line in lines}


def followed(found: Candidates, **held: str) -> Salvage:
    """What comes of it; ``held`` says what the tables show of an indicator."""
    contents = {("entry", *PLACE, code, ""): text for code, text in held.items()}
    head = replace(chain(1)[0], id=HEAD.line, link=HEAD.link, new="{}")
    return salvage({HEAD.line: (head,), **found}, {}, HEAD, contents)


def test_an_unbroken_chain_is_taken_whole() -> None:
    lines = chain(3)
    assert followed(found_of(lines)) == Salvage(tuple(lines), {}, True)


def test_of_several_readings_the_proven_one_is_taken() -> None:
    lines = chain(2)
    misread = replace(lines[0], new='{"value":"6"}')
    found = {**found_of(lines), 5: (misread, lines[0])}
    assert followed(found).lines == tuple(lines)


@pytest.mark.parametrize(
    "change",
    [
        {"who": "王\ufffd"},
        {"at": "2024-10-08T10:0\ufffd:00+08:00"},
        {"what": "entr\ufffd"},
        {"plan_id": "baiyin-\ufffd"},
        {"unit": "62042\ufffd"},
        {"period": "2024Q\ufffd"},
        {"why": "type\ufffd"},
    ],
)
def test_one_damaged_field_is_mended_by_what_stands_elsewhere(change: dict[str, str]) -> None:
    lines = chain(3)
    lines[2] = replace(lines[2], at=lines[1].at)
    lines[2] = replace(lines[2], link=linked(lines[2], lines[1].link))
    found = found_of(lines)
    found[6] = (replace(lines[1], **change),)  # type: ignore[arg-type]
    assert followed(found).lines == tuple(lines)


def test_a_damaged_text_is_mended_by_the_tables() -> None:
    lines = chain(1)
    found = {5: (replace(lines[0], new='{"value":"\ufffd"}'),)}
    assert followed(found, I05='{"value":"5"}').lines == tuple(lines)
    assert followed(found).lines == ()


def test_two_damaged_fields_are_not_guessed() -> None:
    lines = chain(3)
    broken = replace(lines[1], who="王\ufffd", unit="62042\ufffd")
    result = followed({**found_of(lines), 6: (broken,)})
    # The link that stands with it carries on.
    assert result == Salvage((lines[0], lines[2]), {6: broken}, True)


def test_a_damaged_link_is_borne_out_by_the_next_line() -> None:
    lines = chain(2)
    found = {**found_of(lines), 5: (replace(lines[0], link=WRONG),)}
    assert followed(found).lines == tuple(lines)


def test_a_damaged_link_of_the_last_line_is_borne_out_by_the_tables() -> None:
    lines = chain(2)
    found = {**found_of(lines), 6: (replace(lines[1], link=WRONG),)}
    assert followed(found, I06='{"value":"6"}').lines == tuple(lines)
    refused = followed(found, I06='{"value":"7"}')
    assert refused.lines == (lines[0],)
    assert refused.missing == {6: replace(lines[1], link=WRONG)}


def test_what_was_taken_away_is_not_borne_out_by_an_empty_table() -> None:
    (line,) = chain(1)
    gone = replace(line, old=line.new, new=None, link=WRONG)
    assert followed({5: (gone,)}).lines == ()


def test_a_damaged_number_is_put_right() -> None:
    lines = chain(3)
    found = {5: (lines[0],), 7: (lines[2],), 900: (replace(lines[1], id=900),)}
    result = followed(found)
    assert result.lines == tuple(lines)
    # It is still looked for at the number it came under, and at those between.
    assert sorted(result.missing) == list(range(8, 901))


def test_numbers_that_are_too_far_away_are_no_lines() -> None:
    lines = chain(1)
    near, far = (replace(lines[0], id=number) for number in (1005, 1006))
    assert max(followed({**found_of(lines), 1005: (near,)}).missing) == 1005
    assert followed({**found_of(lines), 1006: (far,)}).missing == {}


def test_after_a_line_without_a_trace_nothing_is_proven() -> None:
    lines = chain(3)
    found = found_of([lines[0], lines[2]])
    result = salvage(found, {6: (*PLACE, "I06")}, HEAD, {})
    assert result.lines == (lines[0],)
    assert result.missing == {6: (*PLACE, "I06"), 7: lines[2]}
    assert salvage(found, {}, HEAD, {}).missing[6] is None


def test_places_of_the_index_alone_say_how_far_history_went() -> None:
    lines = chain(1)
    where = {number: (*PLACE, f"I{number:02}") for number in (6, 7)}
    assert salvage(found_of(lines), where, HEAD, {}).missing == where


def test_whether_a_history_goes_on_from_a_backup() -> None:
    lines = chain(1)
    head_line = replace(lines[0], id=4, link=HEAD.link)
    assert goes_on_from({4: (head_line,)}, HEAD)
    assert goes_on_from(found_of(lines), HEAD)
    assert goes_on_from({}, ChainHead(0, ""))
    assert not goes_on_from({}, HEAD)
    assert not goes_on_from({4: (replace(head_line, link=WRONG),)}, HEAD)
    other = chain(1, ChainHead(4, "b" * 64))
    assert not goes_on_from(found_of(other), HEAD)
    assert salvage(found_of(other), {}, HEAD, {}) == Salvage((), {}, False)
