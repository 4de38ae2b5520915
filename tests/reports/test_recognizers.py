"""Recognisers of spaCy and GLiNER as ours: spans in the text, or a clear error."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.reports.recognizers import (
    GLINER_LABELS,
    RecognizerError,
    _passages,
    from_gliner,
    from_spacy,
)

TEXT = "Syrian troops shelled Raqqa. Amal Ruz of the Red Cross left on Friday."


class Ruler:
    """What a spaCy pipeline looks like from outside, with an entity for each known name."""

    max_length = 1_000_000
    names = (("Syrian", "NORP"), ("Raqqa", "GPE"), ("Amal Ruz", "PERSON"), ("Red Cross", "ORG"),
             ("Friday", "DATE"))  # fmt: skip

    def __init__(self):
        self.seen = []

    def __call__(self, text):
        self.seen.append(text)
        return SimpleNamespace(
            ents=tuple(
                SimpleNamespace(start_char=m.start(), end_char=m.end(), label_=label, text=m[0])
                for name, label in self.names
                for m in re.finditer(name, text)
            )
        )


class Model:
    """What a GLiNER model looks like from outside."""

    def __init__(self, names=(("Raqqa", "location"), ("Red Cross", "organization")), **config):
        self.names, self.asked, self.config = names, [], SimpleNamespace(**config)

    def predict_entities(self, text, labels, flat_ner=True, threshold=0.5):  # noqa: ARG002 -- its own
        self.asked.append((text, labels, threshold))
        return [
            {"start": m.start(), "end": m.end(), "text": m[0], "label": label, "score": 0.8}
            for name, label in self.names
            for m in re.finditer(name, text)
        ]


def spans(*found):
    return lambda _: SimpleNamespace(
        ents=[SimpleNamespace(start_char=a, end_char=b, label_=label) for a, b, label in found]
    )


def words(found):
    return [(TEXT[start:end], label) for start, end, label in found]


def test_spacy_labels_become_ours_and_others_are_passed_over():
    assert words(from_spacy(Ruler())(TEXT)) == [
        ("Syrian", "demonym"),
        ("Raqqa", "place"),
        ("Amal Ruz", "person"),
        ("Red Cross", "organisation"),
    ]


def test_spacy_labels_of_ones_own():
    recognizer = from_spacy(spans((22, 27, "TOWN"), (0, 6, "GPE")), labels={"TOWN": "place"})
    assert words(recognizer(TEXT)) == [("Raqqa", "place")]


def test_a_real_pipeline_of_spacy():
    spacy = pytest.importorskip("spacy", reason="needs spaCy, which geoevents does not depend on")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "GPE", "pattern": "Raqqa"}, {"label": "ORG", "pattern": "Red Cross"}]
    )
    assert words(from_spacy(nlp)(TEXT)) == [("Raqqa", "place"), ("Red Cross", "organisation")]


def test_a_long_text_reaches_spacy_in_parts_that_keep_their_positions():
    nlp = Ruler()
    nlp.max_length = 100
    text = "They left Raqqa at noon. " * 40
    found = from_spacy(nlp)(text)
    assert max(map(len, nlp.seen)) <= 100
    assert [text[start:end] for start, end, _ in found] == ["Raqqa"] * 40


def test_gliner_is_asked_for_its_labels_and_its_answers_become_ours():
    model = Model()
    assert words(from_gliner(model, threshold=0.3)(TEXT)) == [
        ("Raqqa", "place"),
        ("Red Cross", "organisation"),
    ]
    assert model.asked == [(TEXT, list(GLINER_LABELS), 0.3)]


@pytest.mark.parametrize(
    ("labels", "asked"),
    [
        (["location", "person"], ["location", "person"]),
        (["place"], ["place"]),
        ({"town": "place"}, ["town"]),
    ],
)
def test_gliner_labels_of_ones_own(labels, asked):
    model = Model(names=[("Raqqa", asked[0])])
    assert words(from_gliner(model, labels)(TEXT)) == [("Raqqa", "place")]
    assert model.asked[0][1] == asked


def test_gliner_gets_no_more_words_than_it_reads():
    model = Model(max_len=40)
    text = "They left Raqqa at noon. " * 40
    found = from_gliner(model)(text)
    sizes = [len(re.findall(r"\w+|[^\w\s]", part)) for part, *_ in model.asked]
    assert max(sizes) <= 20
    assert all(part.rstrip().endswith(".") for part, *_ in model.asked)
    assert [text[start:end] for start, end, _ in found] == ["Raqqa"] * 40


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([(60, 99, "GPE")], "outside the text"),
        ([(-3, 4, "GPE")], "outside the text"),
        ([(27, 22, "GPE")], "ends before it begins"),
        ([(5, 5, "GPE")], "ends before it begins"),
        ([(22.0, 27.0, "GPE")], "whole numbers"),
        ([(None, 27, "GPE")], "whole numbers"),
        ([("22", 27, "GPE")], "whole numbers"),
        ([(22, 27, "GPE"), (20, 24, "ORG")], "20 to 24 and 22 to 27, one over the other"),
    ],
)
def test_spans_that_are_no_names_are_refused(found, told):
    with pytest.raises(RecognizerError, match=re.escape(told)):
        from_spacy(spans(*found))(TEXT)


def test_spans_with_other_labels_may_be_anything():
    assert from_spacy(spans((0, 999, "DATE"), (0, 6, None)))(TEXT) == []


def test_whole_numbers_of_numpy_are_positions():
    np = pytest.importorskip("numpy")
    found = from_spacy(spans((np.int64(22), np.int64(27), "GPE")))(TEXT)
    assert found == [(22, 27, "place")]
    assert type(found[0][0]) is int


def test_a_pipeline_that_fails_says_so():
    def broken(text):
        raise MemoryError("no room")

    with pytest.raises(RecognizerError, match="spaCy pipeline failed: MemoryError"):
        from_spacy(broken)(TEXT)


def test_answers_of_another_shape_say_so():
    with pytest.raises(RecognizerError, match="pipeline failed: AttributeError"):
        from_spacy(lambda _: [(0, 6)])(TEXT)
    model = SimpleNamespace(predict_entities=lambda *_, **__: [{"word": "Raqqa"}])
    with pytest.raises(RecognizerError, match="model failed: KeyError"):
        from_gliner(model)(TEXT)


@pytest.mark.parametrize(
    "make",
    [
        lambda: from_spacy("en_core_web_sm"),
        lambda: from_spacy(Ruler(), labels={"GPE": "town"}),
        lambda: from_spacy(Ruler(), labels={}),
        lambda: from_gliner("urchade/gliner_small"),
        lambda: from_gliner(Model(), "location"),
        lambda: from_gliner(Model(), ["galaxy"]),
        lambda: from_gliner(Model(), threshold=7),
        lambda: from_gliner(Model(), threshold="high"),
        lambda: from_gliner(Model(), threshold=float("nan")),
    ],
)
def test_wrong_arguments_are_told(make):
    with pytest.raises(RecognizerError, match=r"give|it is not said"):
        make()


@given(
    st.text(alphabet="ab. \n!؟é", max_size=300),
    st.integers(1, 60),
    st.integers(1, 20),
)
def test_parts_hold_every_word_once_and_in_order(text, characters, count):
    parts = list(_passages(text, characters=characters, words=count))
    assert all(start < end for start, end in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    held = [at for start, end in parts for at in range(start, end)]
    seen = {at for at, char in enumerate(text) if not char.isspace()}
    assert seen <= set(held)
    assert all(end - start <= characters for start, end in parts)
    assert all(end - start <= characters for start, end in parts)
    sizes = [len(re.findall(r"\w+|[^\w\s]", text[start:end])) for start, end in parts]
    assert all(size <= count for size in sizes)
