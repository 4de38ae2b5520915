"""Names in Cyrillic letters as they are inflected: from "в Москве" to Москва."""

import re
from itertools import islice, product
from typing import Final

# Endings and what they may have been, of names folded as for look-ups (й is и there, ї is і, ё is
# е). Russian first, then Ukrainian; longer endings first.
_ENDINGS: Final = (
    ("ого", ("ии", "ыи", "ое", "ое")), ("его", ("ии", "ее")), ("ому", ("ии", "ыи", "ое")),
    ("ему", ("ии", "ее")), ("ыми", ("ые",)), ("ими", ("ие",)), ("ами", ("ы", "и", "а")),
    ("ями", ("и", "я")), ("иях", ("ия", "ии")), ("иеи", ("ия",)), ("ием", ("ие",)),
    ("еиом", ("еи",)),
    ("ове", ("ово", "ов")), ("ину", ("ин", "ино", "ина")),
    ("ови", ("ів", "ов")), ("ові", ("ів", "ово")), ("еві", ("ів", "ево")), ("єві", ("іів", "ів")),
    ("ова", ("ів", "ов", "ово")), ("ева", ("ів", "ев", "ево")), ("єва", ("іів", "ів")),
    ("ову", ("ів", "ов", "ово")), ("єву", ("іів",)), ("овом", ("ів", "ов", "ово")),
    ("євом", ("іів",)), ("ієм", ("ія",)), ("ією", ("ія",)), ("єю", ("я",)),
    ("ью", ("ь",)), ("ии", ("ия", "ии", "ие")), ("ию", ("ия", "ие")), ("ія", ("ія",)),
    ("ії", ("ія",)), ("іі", ("ія", "іи")), ("ію", ("ія",)),
    ("ои", ("а", "ая", "ои")), ("еи", ("я", "ая", "ее")), ("ою", ("а",)), ("ею", ("я", "а")),
    ("ом", ("", "о", "ыи", "ии", "ое")), ("ем", ("", "ь", "и", "е", "о", "ии")),
    ("ым", ("ыи", "ое", "")), ("им", ("ии", "ое")), ("ых", ("ые",)), ("их", ("ие",)),
    ("ах", ("ы", "и", "а", "")), ("ях", ("и", "я", "ь")), ("ов", ("ы", "и")),
    ("ую", ("ая",)), ("юю", ("яя",)),
    ("еи", ("и",)), ("ня", ("ень", "нь")), ("не", ("на", "но", "н")),
    ("ці", ("ка", "ця", "ці")), ("зі", ("га",)), ("сі", ("са", "ха")),
    ("а", ("", "о", "а")), ("я", ("ь", "и", "е", "я")), ("у", ("а", "", "о")),
    ("ю", ("я", "ь", "и", "е")), ("е", ("а", "", "о", "я", "ь", "е")),
    ("и", ("а", "я", "ь", "и", "ы")), ("ы", ("а", "ы")), ("і", ("а", "", "я", "ь", "о")),
)  # fmt: skip
_SHORTEST: Final = 3
_MOST: Final = 24
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


def is_cyrillic(key: str) -> bool:
    """
    Tell whether a folded name is in Cyrillic letters.

    Parameters
    ----------
    key : str
        A folded name.

    Returns
    -------
    bool
        Whether its first letter is one.
    """
    return _CYRILLIC.match(key) is not None


def uninflected(key: str) -> list[str]:
    """
    Return what a folded name may be in the nominative, the likeliest first.

    Parameters
    ----------
    key : str
        A folded name in Russian or Ukrainian.

    Returns
    -------
    list of str
        Other forms; most are no words.

    Examples
    --------
    >>> "москва" in uninflected("москве"), "харьков" in uninflected("харьковом")
    (True, True)
    >>> "нижнии новгород" in uninflected("нижнем новгороде")
    True
    """
    words = key.split()
    forms = [_forms(word) for word in words]
    out = islice((" ".join(some) for some in product(*forms)), 1, None)
    return list(dict.fromkeys(islice(out, _MOST if len(words) == 1 else 4 * _MOST)))


def _forms(word: str) -> list[str]:
    out = [word]
    for ending, others in _ENDINGS:
        least = _SHORTEST if len(ending) < _SHORTEST else _SHORTEST - 1
        if word.endswith(ending) and len(word) - len(ending) >= least:
            out += [word[: -len(ending)] + other for other in others]
    return list(dict.fromkeys(out))[:12]
