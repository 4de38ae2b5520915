"""The form of a name in which case, accents and punctuation no longer matter."""

import unicodedata
from collections.abc import Sequence
from functools import cache

_NOTHING = {
    *range(0x2018, 0x201C),  # typographic apostrophes
    *range(0x02B0, 0x0300),  # modifier letters: ayn and hamza in transliteration
    *(ord(c) for c in "'`´ʻʼʾʿ′ءـ་"),
}
_LETTERS = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th",
    "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h",
    "ŋ": "n", "Ŋ": "n", "ə": "a", "Ə": "a", "ɨ": "i", "ŧ": "t", "Ŧ": "t",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه",
    "ہ": "ه", "ە": "ه", "ھ": "ه", "ۀ": "ه", "ۃ": "ه", "ۆ": "و", "ۇ": "و",
}  # fmt: skip
# Marks that decorate a letter. Vowel signs of Indic, Thai and other scripts are marks too, but they
# are letters to their readers and stay.
_DECORATION = (
    (0x0300, 0x0370), (0x0483, 0x048A), (0x0591, 0x05C8), (0x0610, 0x061B), (0x064B, 0x0660),
    (0x0670, 0x0671), (0x06D6, 0x06EE), (0x0711, 0x0712), (0x0730, 0x074B), (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE00, 0xFE10), (0xFE20, 0xFE30),
)  # fmt: skip


class _Folding(dict[int, str]):
    """What becomes of each character; worked out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if code in _NOTHING or any(low <= code < high for low, high in _DECORATION):
            folded = ""
        elif character in _LETTERS:
            folded = _LETTERS[character]
        elif category == "Cf":
            folded = ""
        elif category[0] in "LM" or category == "Nd":
            digit = unicodedata.decimal(character, None)
            folded = character if digit is None else str(digit)
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(name: str) -> str:
    """
    Return the form of a name in which case, accents and punctuation no longer matter.

    Parameters
    ----------
    name : str
        Any text at all.

    Returns
    -------
    str
        Words of letters and digits with single spaces between; may be empty. Folding it again
        changes nothing.

    Examples
    --------
    >>> fold("  Deir-ez-Zor "), fold("Al Ḩasakah"), fold("N’Djamena")
    ('deir ez zor', 'al hasakah', 'ndjamena')
    >>> fold("دَيْر الزُّور") == fold("دير الزور")
    True
    """
    if name.isascii():
        return " ".join(name.lower().translate(_FOLDING).split())
    for _ in range(_ROUNDS):
        text = _folded(name)
        if text == name:
            break
        name = text
    return name


# Compatibility forms can hide capitals, and capitals can hide decorations: a few rounds of the same
# steps end in a form that no longer changes.
_ROUNDS = 4
_CHUNK = 1 << 17


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDING)).split())


def fold_all(names: Sequence[str]) -> list[str]:
    """
    Fold many names at once: those of ASCII all in one text.

    Parameters
    ----------
    names : sequence of str
        Any texts at all.

    Returns
    -------
    list of str
        What ``fold`` makes of each.

    Examples
    --------
    >>> fold_all(["Deir-ez-Zor", "Łódź", "—"])
    ['deir ez zor', 'lodz', '']
    """
    out = list(names)
    plain = [i for i, name in enumerate(names) if name.isascii()]
    for start in range(0, len(plain), _CHUNK):
        some = plain[start : start + _CHUNK]
        folds = _ascii_folds([names[i].replace("\n", " ") for i in some])
        for i, text in zip(some, folds, strict=True):
            out[i] = text
    for i, name in enumerate(names):
        if not name.isascii():
            out[i] = fold(name)
    return out


def _ascii_folds(names: list[str]) -> list[str]:
    if not names:
        return []
    table, nothing = _ascii_folding()
    folded = "\n".join(names).encode("ascii").translate(table, nothing)
    return _lines(folded.decode("ascii"))


def _lines(text: str) -> list[str]:
    """Split into lines, with single spaces between words and none around them."""
    while "  " in text:
        text = text.replace("  ", " ")
    return f"\n{text}\n".replace(" \n", "\n").replace("\n ", "\n")[1:-1].split("\n")


@cache
def _ascii_folding() -> tuple[bytes, bytes]:
    """Return what becomes of each byte of an ASCII name, and which bytes go."""
    folds = [_FOLDING[ord(chr(byte).lower())] if byte < 128 else " " for byte in range(256)]  # noqa: PLR2004
    folds[ord("\n")] = "\n"
    nothing = bytes(byte for byte, folded in enumerate(folds) if not folded)
    return "".join(folded or " " for folded in folds).encode("ascii"), nothing
