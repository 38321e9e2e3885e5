"""What came of it, for people."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.mutants.hunt import Fate, Verdict


def caught_share(verdicts: Sequence[Verdict]) -> float:
    """Caught ÷ sampled: what no test runs counts as survived, what no longer ends as caught."""
    caught = sum(verdict.fate in (Fate.CAUGHT, Fate.TIMED_OUT) for verdict in verdicts)
    return caught / len(verdicts) if verdicts else 0.0


def report_lines(verdicts: Sequence[Verdict], unreliable: Sequence[str] = ()) -> list[str]:
    """The tally, then every mutant that lives."""
    lines = [f"{fate.value:12s}{sum(item.fate is fate for item in verdicts):6d}" for fate in Fate]
    lines.append(f"{'sampled':12s}{len(verdicts):6d}")
    lines.append(f"share caught {caught_share(verdicts):.1%} (of all sampled; a time-out counts as caught)")
    lines += _by_folder(verdicts)
    for fate in (Fate.SURVIVED, Fate.NOT_COVERED, Fate.TIMED_OUT):
        found = [verdict for verdict in verdicts if verdict.fate is fate]
        lines += [f"\n{fate.value}:"] if found else []
        lines += [f"  {item.mutant} [{item.tests} tests]" for item in found]
    lines += ["\nfailed without any mutant, not used:"] if unreliable else []
    lines += [f"  {name}" for name in sorted(unreliable)]
    return lines


def _by_folder(verdicts: Sequence[Verdict]) -> list[str]:
    folders: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        folders.setdefault("/".join(verdict.mutant.path.split("/")[:2]), []).append(verdict)
    return [
        f"  {folder}: {caught_share(found):.1%} of {len(found)}" for folder, found in sorted(folders.items())
    ]
