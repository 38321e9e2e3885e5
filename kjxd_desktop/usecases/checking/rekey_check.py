"""What 审核 says of figures that the plan wants keyed twice."""

from __future__ import annotations

from collections.abc import Iterator

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.second_entry import RekeyStanding, standing_of
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import UnitOfWork

NOT_REKEYED, REKEY_DIFFERS = "not_rekeyed", "rekey_differs"
REKEY_RULES = frozenset({NOT_REKEYED, REKEY_DIFFERS})
_RULES = {RekeyStanding.AWAITS: NOT_REKEYED, RekeyStanding.DIFFERS: REKEY_DIFFERS}


def rekey_findings(uow: UnitOfWork, view: ReturnView) -> Iterator[Finding]:
    """Figures not keyed a second time, and those whose two keyings differ; both block sending.

    Only of the office's own return: what units keyed twice does not travel with their files. No figure is
    in the finding, so that nobody reads the first one off it.
    """
    plan = view.plan
    if not plan.rekeyed or uow.plans.own_unit(plan.id) != view.unit.code:
        return
    seconds = uow.rekeyed.entries(view.head.key)
    for indicator in view.duty.indicators:
        if indicator.code not in plan.rekeyed or view.locked(indicator):
            continue
        rule = _RULES.get(standing_of(view.kept(indicator.code), seconds.get(indicator.code)))
        if rule is not None:
            params = {"name": indicator.name, "no": indicator.no}
            yield Finding(rule, Grade.LOGIC, indicator.code, "", "", "", params)
