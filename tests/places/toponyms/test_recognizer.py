"""A recogniser of the user's own instead of ours."""

import re

import pytest

import geoevents as ge
from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.places.toponyms.recognized import RecognizerError
from geoevents.prose import Document

TEXT = "The city of Raqqa, Nahr al Khabur, and Damascus; Russian jets, U.S. men, Deir al-Zour."


def spans(**labels):
    """Return a recogniser that finds words by their text, underscores for spaces."""

    def recognizer(text: str):
        for words, label in labels.items():
            for match in re.finditer(re.escape(words.replace("_", " ")), text):
                yield (*match.span(), label)

    return recognizer


def found(recognizer, text: str = TEXT):
    (some,) = find_toponyms([Document.read(text)], Gazetteer.embedded(), recognizer=recognizer)
    return [(t.text, t.sense, t.name) for t in some]


def test_only_what_it_finds_is_looked_up():
    assert found(spans(Damascus="GPE")) == [("Damascus", "place", "Damascus")]
    assert found(lambda _: []) == []


def test_words_of_kind_in_a_span_tell_its_kind():
    assert found(spans(city_of_Raqqa="GPE", Nahr_al_Khabur="LOC")) == [
        ("city of Raqqa", "place", "Raqqa"),
        ("Nahr al Khabur", "place", "Khabur"),
    ]


def test_other_spellings_are_found_by_sound():
    assert found(lambda text: [(text.index("Deir"), len(text) - 1)]) == [
        ("Deir al-Zour", "place", "Deir ez-Zor")
    ]


def test_labels_tell_senses():
    assert found(spans(Damascus="ORG", Raqqa="PERSON", Russian="NORP")) == [
        ("Raqqa", "person", ""),
        ("Damascus", "organisation", ""),
        ("Russian", "demonym", "Russia"),
    ]


def test_a_country_may_be_named_by_its_initials():
    recognizer = lambda text: [(text.index("U.S."), text.index("U.S.") + 4, "GPE")]  # noqa: E731
    assert found(recognizer) == [("U.S.", "place", "United States")]


def test_spans_without_a_label_are_places():
    at = TEXT.index("Damascus")
    assert found(lambda _: [(at, at + 8)]) == [("Damascus", "place", "Damascus")]


@pytest.mark.parametrize("label", ["DATE", "LOC?", 4, None])
def test_labels_that_are_not_known_are_refused(label):
    told = f"the label {label!r}, which is not known: use place, demonym, person or organisation"
    with pytest.raises(RecognizerError, match=re.escape(told)):
        found(lambda _: [(0, 3, label)])


@pytest.mark.parametrize("label", ["GPE", "LOC", "FAC"])
def test_labels_of_spacy_are_known(label):
    assert found(spans(Damascus=label)) == [("Damascus", "place", "Damascus")]


def test_spans_over_each_other_are_refused():
    with pytest.raises(RecognizerError, match="12 to 16 and 13 to 15, one over the other"):
        found(lambda _: [(13, 15), (12, 16)])


def test_a_recogniser_that_fails_says_so():
    def broken(_):
        yield 0, 3
        raise MemoryError("no room")

    with pytest.raises(RecognizerError, match="recognizer failed: MemoryError"):
        found(broken)


def test_what_the_gazetteer_does_not_know_is_left_out():
    assert found(spans(Qwrtzpf="GPE"), "They left Qwrtzpf.") == []


@pytest.mark.parametrize(
    "bad",
    ["In", None, 3, {"a": 1}, [(0, 1000)], [(5, 5)], [(-1, 3)], [1], [("0", "3")],
     [(0.0, 3.0)], [(True, 3)], [(0,)], [(0, 1, "GPE", 2)], ["ab"]],
)  # fmt: skip
def test_what_are_no_spans_is_refused(bad):
    with pytest.raises(RecognizerError, match=r"recognizer (?:must return spans|gave)"):
        found(lambda _: bad)


def test_numbers_of_numpy_are_numbers():
    np = pytest.importorskip("numpy")
    at = TEXT.index("Damascus")
    assert found(lambda _: [(np.int64(at), np.int64(at + 8))]) == [
        ("Damascus", "place", "Damascus")
    ]


def test_it_gets_what_a_reader_reads():
    seen = []

    def recognizer(text: str):
        seen.append(text)
        return [(text.index("Raqqa"), text.index("Raqqa") + 5)]

    page = "<html><body><p>It rained on the <i>city</i> of Raqqa, they said.</p></body></html>"
    rows = ge.geoparse(page, gazetteer=Gazetteer.embedded(), recognizer=recognizer)
    assert page[rows["start"][0] : rows["end"][0]] == "Raqqa"
    assert seen == [Document.read(page).text]


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ((-5, 3), "gave -5 to 3, which is outside the text"),
        ((3, 1), "gave 3 to 1, which ends before it begins"),
        ((1.5, 3), "gave 1.5 to 3: positions are"),
        ((-5, 3, "place"), "gave -5 to 3 as 'place', which is outside"),
    ],
)
def test_a_label_is_told_only_if_one_was_given(span, told):
    with pytest.raises(RecognizerError, match=re.escape(told)):
        found(lambda _: [span])


class Unshown:
    """What cannot be shown in a message."""

    def __repr__(self):
        raise RuntimeError("never")


@pytest.mark.parametrize("value", [10**5000, Unshown(), [Unshown()]], ids=range(3))
@pytest.mark.parametrize(
    "answer",
    [
        lambda value: value,
        lambda value: [value],
        lambda value: [(value, 3)],
        lambda value: [(0, 3, value)],
    ],
    ids=range(4),
)
def test_answers_that_cannot_be_shown_are_errors_of_the_family(value, answer):
    with pytest.raises(RecognizerError, match="recognizer"):
        ge.geoparse("Homs fell.", recognizer=lambda _: answer(value))


def test_a_failure_that_cannot_be_shown():
    def failing(text):
        raise ValueError(Unshown())

    with pytest.raises(RecognizerError, match="the recognizer failed: a ValueError"):
        ge.geoparse("Homs fell.", recognizer=failing)
