"""What was not taken of a source, and why: nothing goes in silence."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

#: How many problems are told word for word.
TOLD: Final = 20


@dataclass(slots=True)
class Account:
    """
    What was not taken of a source, and why.

    Attributes
    ----------
    rows : Counter
        How many rows or features were left out, by reason.
    names : Counter
        How many other names were left out, by reason.
    problems : list of str
        The first of what was wrong: file, line and reason.
    notes : list of str
        What was changed, and what to know about it.
    """

    rows: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def room(self) -> int:
        """How many more problems are told."""
        return max(TOLD - len(self.problems), 0)

    def record(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "left_out": dict(+self.rows),
            "names_left_out": dict(+self.names),
            "problems": self.problems,
            "notes": self.notes,
        }
