"""Digests name their algorithm; those that name none are of the first."""

from __future__ import annotations

import hashlib

import pytest

from kjxd_desktop.domain import digests
from kjxd_desktop.domain.digests import (
    algorithm_of,
    digest_of,
    fits,
    hexadecimal_of,
    joined_digest,
    short_digest,
)

HAS_SM3 = "sm3" in hashlib.algorithms_available


def test_a_bare_digest_is_of_the_first_algorithm() -> None:
    digest = digest_of(b"abc")
    assert digest == hashlib.sha256(b"abc").hexdigest()
    assert algorithm_of(digest) == "sha256"
    assert hexadecimal_of(digest) == digest
    assert fits(b"abc", digest)
    assert not fits(b"abd", digest)


def test_several_texts_are_not_one() -> None:
    assert joined_digest(("a", "b")) == hashlib.sha256(b"a\x1fb").hexdigest()
    assert joined_digest(("a", "b")) != joined_digest(("ab",))
    assert short_digest(("a", "b")) == joined_digest(("a", "b"))[:32]


@pytest.mark.skipif(not HAS_SM3, reason="this Python's OpenSSL was built without SM3")
def test_another_algorithm_says_its_name_and_reads_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    old = digest_of(b"abc")
    monkeypatch.setattr(digests, "CURRENT", "sm3")
    new = digest_of(b"abc")
    # The example of GM/T 0004, annex A.
    assert new == "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert short_digest(("abc",)) == new[: len("sm3:") + 32]
    assert fits(b"abc", new) and fits(b"abc", old)
    assert algorithm_of(new) == "sm3" and algorithm_of(old) == "sha256"
    assert algorithm_of("") == "sm3"


def test_an_unknown_algorithm_fits_nothing() -> None:
    assert not fits(b"abc", "md5:900150983cd24fb0d6963f7d28e17f72")
    # One flipped bit makes a colon of an 8: a damaged digest is no reason to stop.
    damaged = digest_of(b"abc").replace("8", ":", 1)
    assert ":" in damaged and algorithm_of(damaged) == "sha256" and not fits(b"abc", damaged)
    with pytest.raises(ValueError, match="unknown algorithm 'md5'"):
        digest_of(b"abc", "md5")
