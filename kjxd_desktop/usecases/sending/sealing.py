"""What proves a workbook: digest, check code and seal of one that goes out, the seal of one that came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kjxd_desktop.domain.digests import algorithm_of
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.check_code import FIRST, check_code, digest_in
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.domain.returns.seal import Sealed, seal_of
from kjxd_desktop.usecases.sending.exchange import Identity, ReturnContent


def proven(content: ReturnContent) -> ReturnContent:
    """The content with the digest, check code and seal that belong to it."""
    identity = content.identity
    digest = digest_in(
        identity.format,
        Submission(
            key=ReturnKey(identity.plan_id, identity.unit_code, identity.period),
            revision=identity.revision,
            plan_digest=identity.plan_digest,
            round=identity.round,
            earlier=identity.earlier,
            entries=content.entries,
            explanations=content.explanations,
            progress=content.progress,
            signature=content.signature,
        ),
    )
    identity = replace(identity, digest=digest, check_code=check_code(digest, identity.format))
    if identity.format != FIRST:
        identity = replace(identity, seal=seal_for(identity, content.signature, content.achieved))
    return replace(content, identity=identity)


def seal_for(
    identity: Identity,
    signature: Signature,
    achieved: Mapping[str, tuple[Achieved, ...]] | None,
    algorithm: str | None = None,
) -> str:
    """The seal that belongs to an identity sheet.

    Args:
        signature: As the sheet keeps it.
        achieved: Marks on targets in words, by indicator code.
        algorithm: Of a seal to be compared with; None for what new ones are made with.
    """
    heads = [(head.line, head.link) for head in identity.heads]
    sealed = Sealed(
        content=identity.digest,
        workspace_id=identity.workspace_id,
        signature=signature,
        sent_at=identity.created_at,
        deadline=identity.deadline,
        heads=heads,
        marks=achieved,
    )
    return seal_of(sealed, algorithm)


def seal_fits(
    identity: Identity, signature: Signature, achieved: Mapping[str, tuple[Achieved, ...]] | None
) -> bool:
    """Whether the seal of an identity sheet is the one that belongs to it."""
    return identity.seal == seal_for(identity, signature, achieved, algorithm_of(identity.seal))
