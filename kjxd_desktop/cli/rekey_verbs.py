"""``rekey`` and ``settle``: keying a figure a second time, and saying what holds."""

from __future__ import annotations

import sys
from argparse import Namespace

from kjxd_desktop.cli.exit_status import DONE
from kjxd_desktop.cli.offices import tell, writing
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.usecases.access import indicator_of
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit
from kjxd_desktop.usecases.filling.rekey import Rekey
from kjxd_desktop.wording.filling.rekey import STANDING, rate_sentence

_WORDS = {"first": Outcome.FIRST, "second": Outcome.SECOND}


def rekey(options: Namespace) -> int:
    """Key one figure again; the answer says whether both agree, never what the first one was."""
    with writing(options) as (office, key):
        code = indicator_of(office.actions.desk.desk().plan, options.indicator).code
        act = office.actions.rekey
        _require_one(options, options.value)
        if options.numerator is not None or options.denominator is not None:
            changes = act.set_components(key, code, options.numerator or "", options.denominator or "")
        elif options.value is not None:
            changes = act.set_text(key, code, options.value)
        else:
            raise wrong_call("value", "nothing_to_set")
        _say(act, key, code, changes)
    return DONE


def settle(options: Namespace) -> int:
    """Say which of two different figures holds, or key what does."""
    with writing(options) as (office, key):
        code = indicator_of(office.actions.desk.desk().plan, options.indicator).code
        _require_one(options, options.choice)
        choice = _WORDS.get(options.choice or "", Outcome.OTHER)
        edit = _other(options) if choice is Outcome.OTHER else None
        act = office.actions.rekey
        _say(act, key, code, act.settle(key, code, choice, edit))
    return DONE


def _require_one(options: Namespace, figure: str | None) -> None:
    """Refuse a figure given together with parts: only one of them would be taken."""
    part = next((name for name in ("numerator", "denominator") if getattr(options, name) is not None), None)
    if figure is not None and part is not None:
        raise wrong_call("value", "options_contradict", one=figure, other=f"--{part}")


def _other(options: Namespace) -> Edit:
    if options.numerator is not None or options.denominator is not None:
        return ComponentsEdit(options.numerator or "", options.denominator or "")
    if options.choice is None:
        raise wrong_call("value", "nothing_to_set")
    return TextEdit(options.choice)


def _say(act: Rekey, key: ReturnKey, code: str, changes: Changes) -> None:
    tell(changes.notes)
    standing = next(
        (row.standing for row in act.sheet(key).rows if row.indicator.code == code), RekeyStanding.HOLDS
    )
    print(STANDING[standing], file=sys.stderr)
    print(rate_sentence(act.rates(key.plan_id, key.period)), file=sys.stderr)
