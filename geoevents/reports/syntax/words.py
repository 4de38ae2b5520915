"""The words of a sentence: its tokens, with entities and fixed groups of words joined into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import Actor, Quantity, When
from geoevents.reports.syntax.model import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Sentence, Token
    from geoevents.reports.model import Findings
    from geoevents.reports.syntax.lexicon import Known, Lexicon
    from geoevents.reports.syntax.model import Entity

_CLOSED = frozenset(
    "DET PRON REL PREP CONJ SUB AUX MODAL NEG TO PUNCT NUM ADV".split()  # noqa: SIM905 -- tags
)
_OPENING_MARKS = frozenset({'"', "“", "‘", "«", ":", "'"})
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_DATELINE = 16  # words within which a dash ends one: "CALI, May 3 - Shells hit"
_ADJECTIVAL = ("n", "h", "e", "i", "c", "b")  # how demonyms end: Russian, Turkish, Chinese, Iraqi


def entities(findings: Findings) -> list[tuple[int, int, Entity, str]]:
    """
    List what is read as one word, without overlaps.

    Parameters
    ----------
    findings : Findings
        What was found in the document.

    Returns
    -------
    list of (int, int, entity, str)
        Start, end, the entity and its tag, in the order of the text. Of two that overlap, the one
        that begins first is taken, then the longer one, then an actor before a place.
    """
    demonyms = {(t.start, t.end) for t in findings.toponyms if t.sense == "demonym"}
    found: list[tuple[int, int, int, Entity, str]] = []
    for actor in findings.actors:
        adjective = (actor.start, actor.end) in demonyms and _is_adjective(actor.text)
        tag = "ADJ" if adjective else "NAME"
        found.append((actor.start, -actor.end, 0, actor, tag))
    found += [(p.start, -p.end, 3, p, _place_tag(p)) for p in findings.toponyms]
    found += [(w.start, -w.end, 1, w, "TIME") for w in findings.whens]
    for quantity in findings.quantities:
        tag = "NUM" if quantity.kind == "count" else "NOUN"
        found.append((quantity.start, -quantity.end, 2, quantity, tag))
    found.sort(key=lambda item: item[:3])
    chosen = []
    end = -1
    for start, minus_end, _, entity, tag in found:
        if start >= end:
            end = -minus_end
            chosen.append((start, end, entity, tag))
    return chosen


def read_words(  # noqa: C901, PLR0915 -- the hottest loop: a call costs more than a line
    sentence: Sentence,
    found: Sequence[tuple[int, int, Entity, str]],
    lexicon: Lexicon,
    inner: Iterable[tuple[int, int]] = (),
) -> tuple[list[Word], list[Known | None]]:
    """
    Make words of a sentence's tokens.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    found : sequence of (int, int, entity, str)
        The entities that begin in it, in the order of the text.
    lexicon : Lexicon
        The language's words.
    inner : iterable of (int, int)
        Stretches of text that no punctuation mark divides, in order: locality phrases.

    Returns
    -------
    list of Word
        The words. The tag of one that may be a verb is VERB until `settle_tags` has settled it.
    list of Known or None
        For each what the lexicon knows of it; None for entities.
    """
    tokens = sentence.tokens
    words: list[Word] = []
    known: list[Known | None] = []
    capitals_tell: bool | None = None  # looked at when the first capital stands there
    several = lexicon.several
    memory = lexicon.memory
    place = 0
    next_entity = 0
    count = len(tokens)
    entities_left = len(found)
    while place < count:
        token = tokens[place]
        written, start, token_end, lower = token
        while next_entity < entities_left and found[next_entity][1] <= start:
            next_entity += 1
        if next_entity < entities_left and found[next_entity][0] < token_end:
            _, end, entity, tag = found[next_entity]
            last = place
            while last + 1 < count and tokens[last + 1].start < end:
                last += 1
            words.append(_entity_word(tokens[place : last + 1], entity, tag, lexicon))
            known.append(None)
            next_entity += 1
            place = last + 1
            continue
        seconds = several.get(lower)
        if seconds is not None and place + 1 < count:
            groups = seconds.get(tokens[place + 1].lower)
            length = 0
            if groups is not None:
                length, tag = _group(tokens, place, groups, found, next_entity)
            if length:
                last_token = tokens[place + length - 1]
                text = " ".join(t.lower for t in tokens[place : place + length])
                meant = lexicon.alike.get(text, text)
                words.append(Word(start, last_token.end, text, meant, tag, meant))
                known.append(None)
                place += length
                continue
        what = memory.get(lower) or lexicon.know(lower)
        tag, lemma, form, _ = what
        if (
            written[0].isupper()
            and place
            and (tag not in _CLOSED or (tag == "ADV" and _follows_name(words)))
            and not (tag == "ADJ" and "-" in lower)
            and tokens[place - 1].lower not in _OPENING_MARKS
            and not (place < _DATELINE and tokens[place - 1].lower in _DASHES)
        ):
            if capitals_tell is None:
                capitals_tell = _capitals_tell(tokens, lexicon)
            if capitals_tell:
                tag, lemma = "NAME", lower
                form = "plural" if lexicon.is_plural(lower) else ""
        known.append(None if tag == "NAME" else what)
        words.append(Word(start, token_end, written, lower, tag, lemma, form))
        place += 1
    _mark_inner(words, inner)
    return words, known


def _follows_name(words: list[Word]) -> bool:
    """Whether a name that is no entity was read last: "Mo" of "Mo So village"."""
    return bool(words) and words[-1].tag == "NAME" and words[-1].entity is None


def _place_tag(place: Toponym) -> str:
    return "ADJ" if place.sense == "demonym" and _is_adjective(place.text) else "NAME"


def _is_adjective(text: str) -> bool:
    """Whether a demonym stands before its noun: "Russian", not "Russians" or "Kremlin's"."""
    return text.endswith(_ADJECTIVAL)


def _entity_word(tokens: Sequence[Token], entity: Entity, tag: str, lexicon: Lexicon) -> Word:
    """Make one word of an entity."""
    first, last = tokens[0], tokens[-1]
    text = first.text if first is last else " ".join(token.text for token in tokens)
    lower = text.lower()
    lemma, form = lower, ""
    if isinstance(entity, Actor):
        lemma = lexicon.singular(last.lower)
        name = last.text[:1].isupper() and last.lower.endswith("as")  # Hamas
        form = "plural" if lexicon.is_plural(last.lower) and not name else ""
    elif isinstance(entity, (Quantity, When)):
        lemma = last.lower
    return Word(first.start, last.end, text, lower, tag, lemma, form, entity)


def _group(
    tokens: Sequence[Token],
    place: int,
    groups: Sequence[tuple[tuple[str, ...], str]],
    found: Sequence[tuple[int, int, Entity, str]],
    next_entity: int,
) -> tuple[int, str]:
    """Tell how many tokens the longest fixed group of words has that begins here, and its tag."""
    for group, tag in groups:
        end = place + len(group)
        if end > len(tokens) or any(
            tokens[place + step].lower != word for step, word in enumerate(group)
        ):
            continue
        if next_entity < len(found) and found[next_entity][0] < tokens[end - 1].end:
            continue  # the group would cut an entity
        return len(group), tag
    return 0, ""


def _capitals_tell(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether capitals mark names here: not in a headline that writes every word with one."""
    long = [t for t in tokens[1:40] if len(t.text) > 3 and t.text[0].isalpha()]  # noqa: PLR2004
    return not long or any(
        t.text[0].islower() and lexicon.know(t.lower).tag not in _CLOSED for t in long
    )


def _mark_inner(words: list[Word], inner: Iterable[tuple[int, int]]) -> None:
    """Mark the commas inside locality phrases: they divide nothing."""
    place = 0
    for start, end in inner:
        while place < len(words) and words[place].start <= start:
            place += 1
        while place < len(words) and words[place].start < end:
            if words[place].tag == "PUNCT":
                words[place].form = "inner"
            place += 1
