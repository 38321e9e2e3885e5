"""Targets in words: no figure reaches them, a person marks them as achieved."""

from __future__ import annotations

from kjxd_desktop.domain.pace.standing import Yardstick
from kjxd_desktop.domain.plan.indicator import Target


def text_target(measure: Yardstick) -> Target | None:
    """The final target that measures a unit, where it is words; None where it is a number or there is none."""
    last = max((*measure.expected[-1:], *measure.binding[-1:]), key=lambda target: target.year, default=None)
    return last if last is not None and last.value is None and last.text else None
