"""The script that a text is written in."""

from __future__ import annotations

import re
from typing import Literal

Script = Literal["latin", "arabic", "cyrillic", "han", "other"]

_SCRIPTS: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("latin", re.compile("[A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+")),
    ("arabic", re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufefc]+")),
    ("cyrillic", re.compile("[\u0400-\u052f]+")),
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")),
)
#: A character of Chinese says as much as a word of two or three letters.
_WEIGHT = {"han": 2.5}
_SAMPLE = 20_000


def script_of(text: str) -> Script:
    """
    Tell the script that most letters of a text belong to.

    Parameters
    ----------
    text : str
        The text; the beginning of a long one is enough.

    Returns
    -------
    str
        ``latin``, ``arabic``, ``cyrillic``, ``han``, or ``other`` for all else and for none.

    Examples
    --------
    >>> script_of("Бои под Алеппо (Aleppo)")
    'cyrillic'
    """
    text = text[:_SAMPLE]
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "other"
    counts: dict[Script, float] = {
        name: sum(map(len, letters.findall(text))) * _WEIGHT.get(name, 1)
        for name, letters in _SCRIPTS
    }
    others = sum(map(str.isalpha, text)) - sum(
        count / _WEIGHT.get(name, 1) for name, count in counts.items()
    )
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 0 and counts[best] >= others else "other"
