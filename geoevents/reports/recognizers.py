"""
Recognisers of names for ``recognizer=``: adapters for spaCy pipelines and GLiNER models.

A recogniser is any callable that takes a text and returns spans of it, ``(start, end)`` or
``(start, end, label)``, with the label ``place``, ``organisation``, ``person`` or ``demonym``.
Neither library is needed, or imported, here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import index
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import shown
from geoevents.places.toponyms.recognized import RecognizerError, checked_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["GLINER_LABELS", "SPACY_LABELS", "RecognizerError", "from_gliner", "from_spacy"]

#: What spaCy's trained pipelines call names (OntoNotes 5, and WikiNER's four), as we do.
SPACY_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GPE": "place",
        "LOC": "place",
        "FAC": "place",
        "ORG": "organisation",
        "PERSON": "person",
        "PER": "person",
        "NORP": "demonym",
    }
)

#: What to ask a GLiNER model for, and what its answers are to us.
GLINER_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "location": "place",
        "facility": "place",
        "organization": "organisation",
        "armed group": "organisation",
        "person": "person",
        "nationality": "demonym",
    }
)

_SENSES: Final = ("place", "organisation", "person", "demonym")
#: spaCy needs some 10 kB of memory for each character, and refuses more than its ``max_length``.
_SPACY_CHARACTERS: Final = 100_000
#: GLiNER cuts a text off after its ``max_len``, 384 words and marks, and only warns.
_GLINER_WORDS: Final = 192
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_ENDS: Final = ".!?。؟"


Span = tuple[int, int, str]


def from_spacy(
    nlp: Callable[[str], Any], *, labels: Mapping[str, str] = SPACY_LABELS
) -> Callable[[str], list[Span]]:
    """
    Make a recogniser of a spaCy pipeline.

    Parameters
    ----------
    nlp : spacy.Language
        A pipeline that sets ``doc.ents``: one with an entity recogniser or an entity ruler.
    labels : mapping of str to str, default SPACY_LABELS
        For each of its labels what that is to us: ``place``, ``organisation``, ``person`` or
        ``demonym``. Entities with other labels (DATE, MONEY) are passed over.

    Returns
    -------
    callable
        Takes a text, gives a list of ``(start, end, label)`` in the order of the text; goes into
        ``recognizer=``.

    Raises
    ------
    RecognizerError
        If ``nlp`` cannot be called, or ``labels`` says something else; by the recogniser, if the
        pipeline fails or gives spans that are none of the text.

    Notes
    -----
    A text of more than 100,000 characters is given to the pipeline in parts.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> entity = SimpleNamespace(start_char=9, end_char=14, label_="GPE")
    >>> recognizer = from_spacy(lambda text: SimpleNamespace(ents=(entity,)))
    >>> recognizer("North of Raqqa.")
    [(9, 14, 'place')]
    """
    if not callable(nlp):
        raise RecognizerError(
            f"nlp is a {type(nlp).__name__}: give a spaCy pipeline, such as spacy.load(...)"
        )
    meant = _labels(labels)
    longest = min(_size(getattr(nlp, "max_length", None), _SPACY_CHARACTERS), _SPACY_CHARACTERS)

    def recognize(text: str) -> list[Span]:
        found = []
        for start, end in _passages(text, characters=longest, words=longest):
            try:
                entities = [
                    (entity.start_char, entity.end_char, entity.label_)
                    for entity in nlp(text[start:end]).ents
                ]
            except Exception as error:
                raise RecognizerError(f"the spaCy pipeline failed: {shown(error, 200)}") from error
            found += [(_moved(a, start), _moved(b, start), label) for a, b, label in entities]
        return _checked(found, text, meant)

    return recognize


def from_gliner(
    model: Any,
    labels: Mapping[str, str] | Sequence[str] = GLINER_LABELS,
    *,
    threshold: float = 0.5,
) -> Callable[[str], list[Span]]:
    """
    Make a recogniser of a GLiNER model, or of anything with its ``predict_entities``.

    Parameters
    ----------
    model : gliner.GLiNER
        The model: it has ``predict_entities(text, labels, threshold=...)``, which returns
        mappings with ``start``, ``end`` and ``label``.
    labels : mapping of str to str, or sequence of str, default GLINER_LABELS
        What to ask it for, and what each is to us: ``place``, ``organisation``, ``person`` or
        ``demonym``. A sequence may hold those four words and those of `GLINER_LABELS`.
    threshold : float, default 0.5
        How sure of a name the model must be, from 0 to 1.

    Returns
    -------
    callable
        Takes a text, gives a list of ``(start, end, label)`` in the order of the text; goes into
        ``recognizer=``.

    Raises
    ------
    RecognizerError
        If ``model`` is no such model or an argument is wrong; by the recogniser, if the model fails
        or gives spans that are none of the text.

    Notes
    -----
    A text is given to the model in parts of some 190 words, ending where sentences do: the models
    silently leave out what comes after 384.

    Examples
    --------
    >>> class Model:
    ...     def predict_entities(self, text, labels, threshold):
    ...         return [{"start": 9, "end": 14, "text": "Raqqa", "label": "location", "score": 0.9}]
    >>> from_gliner(Model())("North of Raqqa.")
    [(9, 14, 'place')]
    """
    if not callable(getattr(model, "predict_entities", None)):
        raise RecognizerError(
            f"model is a {type(model).__name__} without predict_entities: give a GLiNER model, "
            "such as GLiNER.from_pretrained(...)"
        )
    meant = _labels(labels)
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        raise RecognizerError(f"threshold is {shown(threshold, 40)}: give a number from 0 to 1")
    if not 0 <= threshold <= 1:
        raise RecognizerError(f"threshold is {shown(threshold, 40)}: give a number from 0 to 1")
    longest = _size(getattr(getattr(model, "config", None), "max_len", None), 2 * _GLINER_WORDS)

    def recognize(text: str) -> list[Span]:
        found = []
        words = max(1, min(_GLINER_WORDS, longest // 2))
        for start, end in _passages(text, characters=len(text), words=words):
            try:
                entities = [
                    (entity["start"], entity["end"], entity["label"])
                    for entity in model.predict_entities(
                        text[start:end], list(meant), threshold=threshold
                    )
                ]
            except Exception as error:
                raise RecognizerError(f"the GLiNER model failed: {shown(error, 200)}") from error
            found += [(_moved(a, start), _moved(b, start), label) for a, b, label in entities]
        return _checked(found, text, meant)

    return recognize


def _labels(labels: Any) -> dict[str, str]:
    """See what labels mean; a word alone means what it says."""
    if isinstance(labels, str) or not isinstance(labels, Mapping | Sequence):
        raise RecognizerError(
            f"labels is {shown(labels)}: give a mapping of labels to {', '.join(_SENSES)}"
        )
    known = {**GLINER_LABELS, **{sense: sense for sense in _SENSES}}
    pairs = labels if isinstance(labels, Mapping) else {one: known.get(one) for one in labels}
    wrong = [name for name, sense in pairs.items() if sense not in _SENSES]
    if wrong or not pairs:
        raise RecognizerError(
            f"labels: it is not said what {', '.join(map(repr, wrong[:5])) or 'any'} is: give a "
            f"mapping of labels to {', '.join(_SENSES)}"
        )
    return {str(name): str(sense) for name, sense in pairs.items()}


def _size(given: Any, default: int) -> int:
    """Take a limit that a model has, if it is one."""
    return given if isinstance(given, int) and given > 0 else default


def _moved(position: Any, by: int) -> Any:
    """Move a position of a part to where it is in the whole; what is none is told later."""
    try:
        return index(position) + by
    except TypeError:
        return position


def _checked(
    spans: Iterable[tuple[Any, Any, Any]], text: str, labels: Mapping[str, str]
) -> list[Span]:
    """Leave out spans with labels that are not meant, and see that the others are names."""
    meant = [span for span in spans if isinstance(span[2], str) and span[2] in labels]
    return [(start, end, labels[label]) for start, end, label in checked_spans(meant, text)]


def _passages(text: str, *, characters: int, words: int) -> Iterator[tuple[int, int]]:
    """Part a text, where sentences or at least words end, into what a model takes at once."""
    start = count = 0
    good = end = 0  # where the last sentence ended, and the last word
    since = 0  # words after that sentence
    for match in _WORD.finditer(text):
        first, last = match.span()
        if not count:
            start = first
        if count and (count >= words or last - start > characters):
            cut = good if good > start else end
            yield start, cut
            start, count = cut, since if cut == good else 0
            since = count
        while last - start > characters:  # one word longer than all that
            cut = start + characters
            yield start, cut
            start, count, since = cut, 0, 0
        count += 1
        since += 1
        end = last
        if match[0] in _ENDS or text.startswith("\n\n", last):
            good, since = last, 0
    if end > start:
        yield start, end
