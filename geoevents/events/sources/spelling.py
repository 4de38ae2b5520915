"""ACLED's event and sub-event types as they have been written through the years."""

import re

GOVERNMENT_GAINS = "government regains territory"
OTHERS_GAIN = "non-state actor overtakes territory"

_OLDER = {
    "battle": "battles",
    "explosion/remote violence": "explosions/remote violence",
    "remote violence": "explosions/remote violence",
    "protest": "protests",
    "riot": "riots",
    "strategic development": "strategic developments",
    "abductions/forced disappearances": "abduction/forced disappearance",
    "agreements": "agreement",
    "arrest": "arrests",
    "excessive force against protestors": "excessive force against protesters",
    "non state actor overtakes territory": OTHERS_GAIN,
    "non violent transfer of territory": "non-violent transfer of territory",
    "non-violent transfer of territories": "non-violent transfer of territory",
}


def standard(text: str) -> str:
    """
    Spell a type as the codebook of today does, in lower case.

    Parameters
    ----------
    text : str
        An event type or a sub-event type.

    Returns
    -------
    str
        The same type, or the text in lower case if it is none that has been spelt otherwise.

    Examples
    --------
    >>> standard("Strategic  development"), standard("Air / drone strike")
    ('strategic developments', 'air/drone strike')
    """
    folded = re.sub(r"\s*([/-])\s*", r"\1", " ".join(text.casefold().split()))
    return _OLDER.get(folded, folded)
