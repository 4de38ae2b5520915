"""What came of asking online: how many names, which are missing, and why."""

import warnings
from dataclasses import dataclass, field
from typing import Any


class GeocoderWarning(UserWarning):
    """Online geocoders failed for some names, or their answers cannot be kept."""


@dataclass(slots=True)
class Report:
    """
    What came of asking online.

    Attributes
    ----------
    services : list of str
        Who was asked, in order.
    asked : int
        Different names that no gazetteer knew.
    answered : int
        Of these, the ones with a place now.
    from_cache : int
        Of these, the ones for which nothing had to be sent.
    requests : int
        Requests that were sent.
    missing : dict of str to str
        For each name without a place why.
    failed : dict of str to str
        Those of the missing that may be found if asked again: a service failed, or time ran out.
    """

    services: list[str] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    from_cache: int = 0
    requests: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """
        Return it as plain data.

        Returns
        -------
        dict
            The attributes, for ``frame.attrs`` and JSON.
        """
        return {
            "services": list(self.services),
            "asked": self.asked,
            "answered": self.answered,
            "from_cache": self.from_cache,
            "requests": self.requests,
            "missing": {_plain(name): why for name, why in self.missing.items()},
            "failed": [_plain(name) for name in self.failed],
        }

    def warn(self, stacklevel: int = 2) -> None:
        """
        Warn if names stay missing because of a failure.

        Parameters
        ----------
        stacklevel : int, optional
            Whose line is shown.

        Warns
        -----
        GeocoderWarning
            How many, and why the first.
        """
        if self.failed:
            why = next(iter(self.failed.values()))
            warnings.warn(
                f"online geocoders failed {len(self.failed)} times in {self.asked} names; these "
                f"stay missing (all reasons: attrs['online']['missing']). First: {why}. Ask again "
                "later: what was answered is not asked twice",
                GeocoderWarning,
                stacklevel=stacklevel + 1,
            )


def _plain(name: str) -> str:
    """Half a character can stand in no file."""
    return name.encode(errors="replace").decode()
