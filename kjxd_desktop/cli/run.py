"""Runs a parsed command; turns every refusal and fault into one sentence and an exit status."""

from __future__ import annotations

import logging
import sys
from argparse import Namespace
from collections.abc import Callable

from kjxd_desktop.cli import (
    exchange_verbs,
    fill_verbs,
    keep_verbs,
    look_verbs,
    new_verb,
    operator_verbs,
    plan_verbs,
    rekey_verbs,
)
from kjxd_desktop.cli.exit_status import NOT_ALLOWED, UNREADABLE, WORKSPACE, WRONG_CALL
from kjxd_desktop.cli.targets import require_targets
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import CallError, ProblemError, QuestionError
from kjxd_desktop.wording.commands import SURE_OPTION, command_file_sentence, command_sentence
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.problems import NOT_KEPT, questions_text

log = logging.getLogger(__name__)

VERBS: dict[str, Callable[[Namespace], int]] = {
    "plans": plan_verbs.plans,
    "assign": plan_verbs.assign,
    "share": plan_verbs.share,
    "new": new_verb.new,
    "set": fill_verbs.set_entry,
    "progress": fill_verbs.progress,
    "carry-on": fill_verbs.carry_on,
    "explain": fill_verbs.explain,
    "sign": fill_verbs.sign,
    "target": fill_verbs.target,
    "baseline": fill_verbs.baseline,
    "achieved": fill_verbs.achieved,
    "deadline": fill_verbs.deadline,
    "status": look_verbs.status,
    "check": look_verbs.check,
    "show": look_verbs.show,
    "monitor": look_verbs.monitor,
    "history": look_verbs.history,
    "verify": look_verbs.verify,
    "operators": operator_verbs.operators,
    "template": exchange_verbs.template,
    "submit": exchange_verbs.submit,
    "again": exchange_verbs.again,
    "withdraw": exchange_verbs.withdraw,
    "accept": exchange_verbs.accept,
    "reopen": exchange_verbs.reopen,
    "check-code": exchange_verbs.paper_code,
    "import": exchange_verbs.import_files,
    "backup": keep_verbs.backup,
    "backups": keep_verbs.backups,
    "restore": keep_verbs.restore,
    "rekey": rekey_verbs.rekey,
    "settle": rekey_verbs.settle,
    "tour": exchange_verbs.tour,
}


def run(options: Namespace) -> int:
    """Run the command and return the exit status."""
    try:
        require_targets(options)
        return VERBS[options.verb](options)
    except CallError as error:
        return _say(command_sentence(error.problem), WRONG_CALL)
    except QuestionError as error:
        way_on = SURE_OPTION if hasattr(options, "sure") else NOT_KEPT
        return _say(questions_text(error.problems) + way_on, NOT_ALLOWED)
    except ProblemError as error:
        return _say(command_sentence(error.problem), NOT_ALLOWED)
    except FileFault as fault:
        return _say(command_file_sentence(fault.code, fault.params), UNREADABLE)
    except WorkspaceFault as fault:
        return _say(fault_sentence(fault) + keep_verbs.way_out_of(fault, options), WORKSPACE)
    except BrokenPipeError:
        # The reader of our output went away (``… | head``): nothing is wrong with the data.
        sys.stderr.close()
        return 0


def _say(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status
