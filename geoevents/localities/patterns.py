"""The patterns of locality phrases over the signs of a sentence; `signs` says what they mean."""

from __future__ import annotations

import re

# All repetitions are bounded, so that time is in proportion to the text whatever it is.

_ADJECTIVE = "(?:[dpnyb]|C(?:,?&?C)?)"
_ADJECTIVES = f"{_ADJECTIVE}{{0,3}}"
_SUFFIX = "(?:[kgKxUQ]{1,2}|R|b(?!w))?"
_KIND_OF = f"[kKg]fa?(?:{_ADJECTIVE}{{0,2}}[kK]f)?{_ADJECTIVE}?"
_NAME = f"a?{_ADJECTIVES}(?:M{_ADJECTIVES})?(?:{_KIND_OF})?x?N{_SUFFIX}"
_HEADS = "[HUGQbsgKkxR]"
_START = f"a?{_ADJECTIVES}"
_ITEM = "|".join(
    (
        f"{_START}(?:A|[NM]-[NM])(?:[kgKxUQ]?[bRHGUv])",  # the Syrian-Iraqi border
        f"{_START}RF{_NAME}T{_NAME}",  # the road from A to B
        f"{_START}(?:bB|RB|v[fB]|bf){_NAME}[&w]{_NAME}",  # the border between A and B
        "a?NTa?NR",  # the Homs to Palmyra road
        f"a?[ycC]Gf{_NAME}F{_NAME}",  # the far bank of the Danube from Ruse
        f"a?(?:M|NS)Gf{_START}(?:Mb|bw{_NAME})",  # the Syrian side of the Turkish border
        f"{_START}Rt[BwTF]?{_NAME}[&wT]{_NAME}",  # the road linking A and B
        f"a?(?:M|NS?){_ADJECTIVES}bw{_NAME}",  # Syria's border with Iraq
        f"{_START}bw{_NAME}",  # the border with Iraq
        f"{_START}M{_ADJECTIVES}b(?![kK]f)",  # the Turkish border
        f"{_START}{_HEADS}(?:f|(?<=H)T){_NAME}",  # the northern outskirts of X
        f"aC(?:&C)?f{_NAME}",  # the north of X
        f"a?Nkf{_NAME}",  # the Karada district of Baghdad
        f"a?NS{_ADJECTIVES}(?:[kK]fa?)?N{_SUFFIX}",  # Iraq's northern city of Mosul
        f"a?NS{_ADJECTIVES}[HUGgkKQRb](?!f)",  # Aleppo's northern countryside
        "a?NSC",  # Syria's north-east
        _NAME,
    )
)
_FAR = "[qrLWi]{0,2}a?D"
_TOWARDS = "j{0,2}C(?:,?&?C|YC)?[fF]"
_PREPOSITION = "|".join(
    (
        f"{_FAR}(?:Ta?|a)?{_TOWARDS}",  # 10 km to the north of
        f"{_FAR}j?C&DC[fF]",  # 2 km E and 3 km N of
        f"{_FAR}j?[fFIVe]",  # 5 km inside
        f"{_FAR}u[fF]",  # 10 km downstream of
        "[iW]?a?(?:PfD|DP)[fr]",  # within a radius of 5 km of
        f"(?:Ta)?{_TOWARDS}",  # just south of
        "u[fF]",
        "caxF",  # across the river from
        "j{0,2}[iIWrlcoYn]",
    )
)
_FILLER = "(?:[iIWo]?a?d{0,2}[gkKxQU])(?=[qrLWjCDTulc])"
# "The rebel bastion city of", "the Mezzeh district of": what these say is not looked up.
_SKIP = "(?:a?X{1,2}(?=[dCbMn]{0,3}[kK]f)|a?O{1,3}[kKgQ]fa?(?=N))"
_REACHED = f"(?:{_SKIP})?(?:{_ITEM})"
_INSIDE = r"(?:,N,?|\(N\))?"  # "Raqqa, Syria, and"
_ENDS = f"(?:{_ITEM}){_INSIDE}"

#: A relation and what it is about, or only a name with what belongs to it.
ATOM = re.compile(
    f"(?P<where>Z(?:{_NAME}m{_NAME}|{_NAME}&{_NAME}m))"
    f"|(?P<river>(?:c|{_FAR}L){_NAME}F(?:{_NAME}))"  # across the Mekong from Vientiane
    f"|(?P<pair>q?j?(?:hB|B){_ENDS}&(?:{_ITEM})|q?j?(?:hF|F){_ENDS}T(?:{_ITEM}))"
    f"|(?P<filler>{_FILLER})?(?P<head>{_PREPOSITION})(?P<reach>{_REACHED})"
    f"|(?P<bare>{_REACHED})"
    "|(?P<several>[A@])"
)
#: A member of a list.
ITEM = re.compile(_ITEM)
#: What may say which place of that name: ", Libya", "(Texas)", ", Deir ez-Zor province".
INSIDE = re.compile(r",(?P<after>a?C?N(?:[kK]|[kK]f)?)|\((?P<brackets>a?C?N[kK]?)\)")
#: "except Qamishli", "but not in Tabqa".
EXCEPT = re.compile(f",?E[iI]?(?:{_NAME})")
#: What a list of names shares: "the villages of", "the outskirts of".
FRONT = re.compile(f"{_START}(?P<front>{_HEADS})fa?(?=N)")
#: The words before a name that are left out of a phrase.
SKIPPED = re.compile("a?O{1,3}[kKgQ]fa?(?=N)|X{1,2}")
