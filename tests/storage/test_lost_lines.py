"""What is said to be lost after a recovery: places, what the damaged file still shows there, nothing twice."""

from __future__ import annotations

from kjxd_desktop.storage.history.line import StoredLine
from kjxd_desktop.storage.sqlite.restore import _lost, _place
from kjxd_desktop.storage.sqlite.salvage import Salvage
from kjxd_desktop.usecases.keeping.vault import LostLine

PLACE = ("baiyin-2022", "620422", "2024Q3", "I13")
OTHER = ("baiyin-2022", "620422", "2024Q3", "I14")
FIGURE, REASON = ("entry", *PLACE, ""), ("explanation", *PLACE, "outlier")
NOTHING = Salvage((), {}, True)


def test_a_known_place_without_a_trace_is_lost() -> None:
    assert _lost({7: ("entry", PLACE)}, NOTHING, {}, {}) == (LostLine(7, "entry", *PLACE),)


def test_what_the_damaged_file_still_shows_is_told_with_it() -> None:
    held = {FIGURE: '{"value":"14"}', REASON: '{"text":"口径"}'}
    restored = {FIGURE: '{"value":"12"}', REASON: '{"text":"口径"}'}
    assert _lost({7: ("entry", PLACE)}, NOTHING, held, restored) == (
        LostLine(7, "entry", *PLACE, '{"value":"14"}'),
    )
    # Of an unknown kind: whatever is not the same at that place.
    assert _lost({7: ("", PLACE)}, NOTHING, held, {}) == (
        LostLine(7, "entry", *PLACE, '{"value":"14"}'),
        LostLine(7, "explanation", *PLACE, '{"text":"口径"}'),
    )


def test_a_place_that_is_as_it_was_has_lost_nothing() -> None:
    held = {FIGURE: '{"value":"14"}'}
    assert _lost({7: ("entry", PLACE)}, NOTHING, held, dict(held)) == ()
    assert _lost({7: ("explanation", PLACE)}, NOTHING, held, dict(held)) == (
        LostLine(7, "explanation", *PLACE),
    )


def test_lines_come_in_the_order_of_history() -> None:
    missing = {9: ("entry", OTHER), 7: ("entry", PLACE)}
    assert [item.line for item in _lost(missing, NOTHING, {}, {})] == [7, 9]


def test_a_line_of_unknown_place_is_looked_for_in_whatever_differs() -> None:
    held = {FIGURE: '{"value":"14"}', ("entry", *OTHER, ""): '{"value":"8"}'}
    missing = {7: ("entry", PLACE), 8: None}
    assert _lost(missing, NOTHING, held, {FIGURE: '{"value":"12"}'}) == (
        LostLine(7, "entry", *PLACE, '{"value":"14"}'),
        LostLine(0, "entry", *OTHER, '{"value":"8"}'),
    )


def test_a_line_of_which_nothing_is_known_is_counted() -> None:
    missing = {7: ("entry", PLACE), 8: None, 9: None}
    assert _lost(missing, NOTHING, {}, {}) == (
        LostLine(7, "entry", *PLACE),
        LostLine(8, ""),
        LostLine(9, ""),
    )
    assert _lost({7: ("entry", PLACE)}, NOTHING, {("entry", *OTHER, ""): "8"}, {}) == (
        LostLine(7, "entry", *PLACE),
    )


def carved(what: str) -> StoredLine:
    return StoredLine(3, "2024-10-08T10:21:00+08:00", "王五", what, *PLACE, None, "{}", "typed", "")


def test_a_place_is_known_by_kind_only_where_that_kind_is_compared() -> None:
    assert _place(carved("entry")) == ("entry", PLACE)
    assert _place(carved("entr\ufffd")) == ("", PLACE)
    assert _place(PLACE, "entry") == ("entry", PLACE)
    assert _place(PLACE) == ("", PLACE)
    assert _place(None, "entry") is None
