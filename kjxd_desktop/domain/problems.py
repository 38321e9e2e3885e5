"""Problems as codes and parameters; the Chinese sentence of each code lives in ``wording.problems``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the data or a call does not allow.

    Attributes:
        field: What it is about: an indicator or task code, an option, a file's cell.
        code: Stable snake_case code; ``wording.problems`` holds a sentence for each.
        params: Texts the sentence needs, keyed by name. Never sentences themselves.
    """

    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


class ProblemError(ValueError):
    """Raised where a use case cannot go on: the data does not allow it (exit status 1).

    Attributes:
        problem: What is wrong.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.field}: {problem.code} {dict(problem.params)}")
        self.problem = problem


class CallError(ProblemError):
    """Raised where the caller named something that does not exist or cannot be read (exit status 2)."""


class QuestionError(ProblemError):
    """Raised where something can be so but looks like a slip: a person is asked, and may keep it (``sure``).

    Attributes:
        problems: Everything that is asked, ``problem`` the first of it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0])
        self.problems = tuple(problems)


def refuse(field_name: str, code: str, /, **params: str) -> ProblemError:
    """Return the error for data that is not allowed, ready to be raised."""
    return ProblemError(Problem(field_name, code, params))


def wrong_call(field_name: str, code: str, /, **params: str) -> CallError:
    """Return the error for a call that names something unknown, ready to be raised."""
    return CallError(Problem(field_name, code, params))
