"""Which mentions are of one event, and what the event then says."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.places.toponyms import Toponym
from geoevents.prose import Document
from geoevents.reports.joining import events as joining
from geoevents.reports.joining import join
from geoevents.reports.joining.likeness import Parties, Places
from geoevents.reports.language import language
from geoevents.reports.model import Actor, Findings, Mention, Quantity, Speaker, When

ENGLISH = language("en")

ONE = [
    "Russia [struck|air strike] Kherson on Friday. The [strike|air strike] killed 3 people.",
    "Russia [struck|air strike] Kherson on Friday. The [attack|armed clash] killed 3 people.",
    "A bomb [exploded|bombing] in Goma. The [attack|armed clash] killed 3 people.",
    "Gunmen [attacked|armed clash] Goma. Five men came. It rained. The [attack|armed clash] ended.",
    "M23 [entered|territorial gain] Goma on Friday. They [took|territorial gain] the city.",
    "M23 [attacked|armed clash] a camp near Goma. M23 said it [attacked|armed clash] the camp.",
    "Russia [struck|air strike] Kherson on Friday. Russia [struck|air strike] Kherson on Friday.",
    (
        "Russia carried out several [strikes|air strike] on Kherson. One [strike|air strike]"
        " hit a school."
    ),
    (
        "The army lost Goma. M23 [took|territorial gain] Goma. Goma was [taken|territorial"
        " gain] by M23."
    ),
    "[Clashes|armed clash] broke out near Goma. The [fighting|armed clash] killed 3 soldiers.",
    "Residents [protested|protest] in Goma. They [marched|protest] to the market.",
    "M23 [takes|territorial gain] Goma\n\nM23 has [taken|territorial gain] Goma, residents said.",
    (
        "Gunmen [killed|attack on civilians] 9 people in Goma. The [massacre|attack on"
        " civilians] shocked all."
    ),
    "Russia [struck|air strike] a base in Lebanon. The [strike|air strike] hit a house in Tyre.",
]
ONE += [
    "Russia denied that it [hit|air strike] Goma, after residents said a [strike|air strike] did."
]
TWO = [
    "Russia [struck|air strike] Kherson on Friday. Russia [struck|air strike] Kherson on Sunday.",
    "Russia [struck|air strike] Kherson on Friday. Russia [struck|air strike] Goma on Friday.",
    "Russia [struck|air strike] Kherson. Israel [struck|air strike] Tyre.",
    "Russia [struck|air strike] Kherson. Ukraine [struck|air strike] Kherson.",
    "A bomb [exploded|bombing] in Goma. Another bomb [exploded|bombing] in Goma.",
    "A bomb [exploded|bombing] in Goma. A second [explosion|bombing] killed 3 people.",
    "M23 [took|territorial gain] Goma. Residents [protested|protest] in Goma.",
    "M23 [attacked|armed clash] Goma. M23 [attacked|armed clash] Sake.",
    "M23 [attacked|armed clash] Goma. M23 [attacked|armed clash] a convoy.",
    "M23 will [attack|armed clash] Goma. M23 [attacked|armed clash] Sake.",
    "A bomb killed 3 people in [Goma|bombing]. A bomb killed 7 people in [Goma|bombing].",
    "Russia [struck|air strike] Kherson on Friday. Russia [struck|air strike] Kherson in 2022.",
    "The coalition refused to [strike|air strike] Goma. Russia [struck|air strike] Goma.",
]


@pytest.mark.parametrize("text", ONE)
def test_one_event_told_more_than_once(tell, text):
    told = tell(text)
    assert [len(event.mentions) for event in told.events] == [len(told.mentions)]


@pytest.mark.parametrize("text", TWO)
def test_two_events(tell, text):
    told = tell(text)
    assert [len(event.mentions) for event in told.events] == [1, 1]


def test_what_points_back_to_nothing_and_says_nothing_is_no_event(tell):
    assert tell("These [attacks|armed clash] must stop.").events == []
    assert len(tell("The [attack|armed clash] on Goma must not be forgotten.").events) == 1


def test_the_day_and_the_place_are_those_of_any_mention(tell):
    told = tell("Russia [struck|air strike] Kherson. The [strike|air strike] came on Friday.")
    (event,) = told.events
    assert [when.first for when in event.whens] == [dt.date(2024, 5, 3)]
    assert [phrase.text for phrase in event.phrases] == ["Kherson"]


def test_a_town_says_more_than_its_country(tell):
    told = tell("Israel [struck|air strike] Lebanon. The [strike|air strike] hit Tyre.")
    assert [phrase.text for phrase in told.events[0].phrases] == ["Tyre", "Lebanon"]


def test_a_day_is_carried_from_the_sentence_before(tell):
    told = tell("M23 [took|territorial gain] Goma on Friday. The army [shelled|shelling] Sake.")
    assert [when.first for when in told.events[1].whens] == [dt.date(2024, 5, 3)]
    assert "the day is that of the sentence before" in told.events[1].notes


@pytest.mark.parametrize(
    "text",
    [
        "M23 [took|territorial gain] Goma on Friday.\n\nThe army [shelled|shelling] Sake.",
        "M23 [took|territorial gain] Goma on Friday. The army has [shelled|shelling] Sake.",
        "M23 [took|territorial gain] Goma on Friday. It rained. The army [shelled|shelling] Sake.",
        "M23 [took|territorial gain] Goma on Friday. The army will [shell|shelling] Sake.",
        "M23 [took|territorial gain] Goma in 2022. The army [shelled|shelling] Sake.",
    ],
)
def test_a_day_is_not_carried_further(tell, text):
    assert tell(text).events[1].whens == []


def test_the_day_of_the_telling_gives_way_to_the_day_of_the_event(tell):
    told = tell(
        "M23 [took|territorial gain] Goma, Russia said on Sunday. M23 [took|territorial gain] Goma"
        " on Friday."
    )
    assert [when.first for when in told.events[0].whens] == [dt.date(2024, 5, 3)]


def test_the_day_of_the_telling_is_better_than_none(tell):
    told = tell("M23 [took|territorial gain] Goma, residents said on Sunday.")
    assert [when.first for when in told.events[0].whens] == [dt.date(2024, 5, 5)]


def test_the_toll_is_kept_with_the_range_of_all(tell):
    told = tell("A [bomb|bombing] killed 10 people in Goma. The [blast|bombing] killed 14 people.")
    killed = told.events[0].killed
    assert (killed.value, killed.low, killed.high) == (14, 10, 14)
    assert any("killed: 10, 14 are given; 14 is kept" in note for note in told.events[0].notes)


def test_a_toll_does_not_fall(tell):
    told = tell("A [bomb|bombing] killed 14 people in Goma. The [blast|bombing] killed 10 people.")
    killed = told.events[0].killed
    assert (killed.value, killed.low, killed.high) == (14, 10, 14)


def test_who_takes_no_side_counts_better(tell):
    told = tell(
        "M23 said it [killed|armed clash] 30 soldiers in Goma. Residents said the"
        " [attack|armed clash] killed 12 soldiers."
    )
    killed = told.events[0].killed
    assert (killed.value, killed.low, killed.high) == (12, 12, 30)


def test_figures_that_agree_need_no_note(tell):
    told = tell("A [bomb|bombing] killed 10 people in Goma. The [blast|bombing] killed 10 people.")
    assert told.events[0].killed.value == 10
    assert told.events[0].notes == []


def test_a_name_says_more_than_a_common_noun(tell):
    told = tell("Gunmen [attacked|armed clash] Goma. M23 [attacked|armed clash] Goma on Friday.")
    assert [[one.name for one in event.actors] for event in told.events] == [["M23"]]


def test_kinds_that_differ_are_told(tell):
    told = tell("A [bomb|bombing] exploded in Goma. The [attack|armed clash] killed 3 people.")
    assert told.events[0].kind == "bombing"
    assert "also called armed clash" in told.events[0].notes


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("M23 [took|territorial gain] Goma.", "reported"),
        ("M23 [took|territorial gain] Goma, residents said.", "reported"),
        ("M23 [took|territorial gain] Goma, officials said.", "reported"),
        ("M23 [took|territorial gain] Goma, a monitor said.", "reported"),
        ("M23 [took|territorial gain] Goma, Israel said.", "reported"),
        ("M23 said it [took|territorial gain] Goma.", "claimed"),
        ("M23 [attacked|armed clash] the army, the army said.", "claimed"),
        ("Ukraine accused Russia of [shelling|shelling] Kherson.", "claimed"),
        ("Hamas said Israel [shelled|shelling] Tyre.", "claimed"),
        ("Police said gunmen [attacked|armed clash] Goma.", "reported"),
        (
            (
                "M23 said it [took|territorial gain] Goma. A monitor said M23"
                " [took|territorial gain] Goma."
            ),
            "reported",
        ),
        (
            "M23 [takes|territorial gain] Goma\n\nM23 said it [took|territorial gain] Goma.",
            "claimed",
        ),
        (
            (
                "A [bomb|bombing] exploded in Goma. M23 claimed responsibility for the"
                " [attack|bombing]."
            ),
            "reported",
        ),
        ("Russia denied [shelling|shelling] Kherson.", "denied"),
        ("Ukraine said Russia [shelled|shelling] Kherson. Russia denied it.", "denied"),
        ("Russia [shelled|shelling] Kherson. Russia denied it.", "disputed"),
        ("Residents said Russia [shelled|shelling] Kherson. Russia denied it.", "disputed"),
        ("M23 said it [took|territorial gain] Goma. The army denied it.", "disputed"),
        (
            (
                "Ukraine said Russia [shelled|shelling] Kherson. Russia said Ukraine"
                " [shelled|shelling] Kherson."
            ),
            "disputed",
        ),
        (
            (
                "[Shelling|shelling] hit Kherson. Russia and Ukraine blamed each other for the"
                " [attack|shelling]."
            ),
            "disputed",
        ),
        (
            "A [bomb|bombing] exploded in Goma. M23 denied involvement in the [attack|bombing].",
            "reported",
        ),
        (
            (
                "M23 [took|territorial gain] Goma. Israel denied involvement in the"
                " [attack|armed clash]."
            ),
            "reported",
        ),
        (
            "Russia [struck|air strike] Kherson. Israel did not deny the [strike|air strike].",
            "reported",
        ),
    ],
)
def test_status(tell, text, status):
    assert [event.status for event in tell(text).events] == [status]


def test_two_accounts_of_who_was_hit(tell):
    told = tell(
        "Hamas said Russia [struck|air strike] Hamas near Tyre. Russia denied the charge, saying"
        " the [strikes|air strike] hit M23."
    )
    (event,) = told.events
    assert event.status == "disputed"
    assert [one.name for one in event.targets] == ["Hamas"]
    assert (event.claimed_by, event.denied_by) == (["Hamas"], ["Russia"])
    assert "Russia says that M23 was the target" in event.notes


def test_two_accounts_of_who_did_it(tell):
    told = tell(
        "Ukraine said Russia [shelled|shelling] a prison in Kherson. Russia said that Ukraine"
        " [shelled|shelling] the prison."
    )
    (event,) = told.events
    assert event.status == "disputed"
    assert [one.name for one in event.actors] == ["Russia"]
    assert "Russia says that Ukraine did it" in event.notes
    assert event.denied_by == ["Russia"]


def test_an_ally_takes_sides():
    actor = Actor(0, 9, "US-backed fighters", "US-backed fighters", "people", "fighters")
    text = "US-backed fighters took it, the US said."
    findings = Findings(
        Document.read(text),
        toponyms=[
            Toponym(0, 9, "US-backed", "demonym", country="US"),
            Toponym(32, 34, "US", "government", country="US"),
        ],
    )
    us = Actor(32, 34, "US", "United States", "state", "United States")
    mention = Mention(
        0,
        25,
        (19, 23),
        0,
        "territorial gain",
        "took",
        actors=[actor],
        speakers=[Speaker(us, "says", "")],
    )
    assert [event.status for event in join([mention], findings, ENGLISH)] == ["claimed"]
    mention.actors = [dataclasses.replace(actor, start=20, end=24, text="fighters")]
    assert [event.status for event in join([mention], findings, ENGLISH)] == ["reported"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Places(), Places(countries={"CD"}), 0),
        (Places(countries={"CD"}), Places(countries={"LB"}), None),
        (Places({"a": (29, -1)}), Places({"a": (29, -1)}), 1.5),
        (Places({"a": (29, -1)}), Places({"b": (29.3, -1)}), None),
        (Places({"a": (29, -1)}), Places({"b": (29.01, -1)}), 1.0),
        (Places({"a": (29, -1)}), Places(areas={"c": (30, -1)}), 0.5),
        (Places(areas={"c": (30, -1)}), Places({"a": (20, -1)}), None),
        (Places(waters={"d"}), Places(waters={"d"}), 1.0),
        (Places({"a": (29, -1)}, countries={"CD"}), Places(countries={"CD"}), 0.5),
        (Places({"a": (float("nan"), 0)}), Places({"b": (0, 0)}), None),
    ],
)
def test_places_compared(one, other, expected):
    assert one.likeness(other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Parties(), Parties({"A"}), 0),
        (Parties({"A"}), Parties({"A", "B"}), 1.0),
        (Parties({"A"}), Parties({"B"}), None),
        (Parties({"A"}), Parties(common={"rebels"}), 0.4),
        (Parties(common={"rebels"}), Parties(common={"rebels"}), 1.0),
        (Parties(common={"rebels"}), Parties(common={"gunmen"}), 0.4),
    ],
)
def test_parties_compared(one, other, expected):
    assert one.likeness(other) == other.likeness(one) == expected


def test_a_mention_is_compared_with_few_events_however_many_there_are(monkeypatch):
    compared = 0
    weigh = joining.sameness

    def counted(*args, **options):
        nonlocal compared
        compared += 1
        return weigh(*args, **options)

    monkeypatch.setattr(joining, "sameness", counted)
    text = "Another bomb fell. " * 500
    document = Document.read(text)
    mentions = [
        Mention(s.start, s.end, (s.start + 8, s.start + 12), s.number, "bombing", "bomb")
        for s in document.sentences
    ]
    assert len(join(mentions, Findings(document), ENGLISH)) == 500
    assert compared <= 500 * 20


WORDS = 'the a attack strike bombing they said denied on and Goma another one troops . , " M23'
ACTOR = st.builds(
    lambda number, sense: Actor(0, 1, f"A{number}", f"A{number}", sense, f"P{number % 3}"),
    st.integers(0, 5),
    st.sampled_from(["state", "armed group", "coalition", "organisation", "person", "people"]),
)
DAY = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 9))
WHEN = st.builds(
    lambda day, length, precision: When(0, 1, "", day, day + dt.timedelta(length), precision),
    DAY,
    st.integers(0, 9),
    st.sampled_from(["day", "week", "month", "year"]),
)
COUNT = st.one_of(
    st.none(),
    st.builds(
        lambda value: Quantity(0, 1, str(value), "count", value, value, value),
        st.integers(0, 5).map(float),
    ),
    st.just(Quantity(0, 1, "several", "count", None, 3.0, None)),
)


@st.composite
def mentions(draw):
    sentences = draw(
        st.lists(
            st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=8), min_size=1, max_size=6
        )
    )
    document = Document.read(". ".join(" ".join(words) for words in sentences))
    tokens = [(s.number, t) for s in document.sentences for t in s.tokens]
    found = []
    for number, token in (
        sorted(draw(st.lists(st.sampled_from(tokens), max_size=8)), key=lambda p: p[1].start)
        if tokens
        else []
    ):
        sentence = document.sentences[number]
        found.append(
            Mention(
                sentence.start,
                sentence.end,
                (token.start, token.end),
                number,
                draw(
                    st.sampled_from(
                        ["air strike", "bombing", "armed clash", "statement", "protest"]
                    )
                ),
                "x",
                actors=draw(st.lists(ACTOR, max_size=2)),
                targets=draw(st.lists(ACTOR, max_size=2)),
                whens=draw(st.lists(WHEN, max_size=2)),
                killed=draw(COUNT),
                mood=draw(
                    st.sampled_from(["happened", "negated", "planned", "refused", "possible"])
                ),
                speakers=draw(
                    st.lists(
                        st.builds(
                            Speaker,
                            st.one_of(st.none(), ACTOR),
                            st.sampled_from(["says", "claims", "denies", "confirms"]),
                            st.just("X said"),
                        ),
                        max_size=2,
                    )
                ),
                definite=draw(st.booleans()),
                plural=draw(st.booleans()),
            )
        )
    return document, found


@given(mentions())
def test_each_mention_is_of_one_event_and_what_happened_of_none_is_lost(drawn):
    document, found = drawn
    before = [dataclasses.replace(mention) for mention in found]
    events = join(found, Findings(document), ENGLISH)
    kept = [id(mention) for event in events for mention in event.mentions]
    assert len(kept) == len(set(kept))
    assert set(kept) <= {id(mention) for mention in found}
    assert found == before
    starts = [event.mentions[0].start for event in events]
    assert starts == sorted(starts)
    for event in events:
        order = [mention.trigger for mention in event.mentions]
        assert order == sorted(order)
        assert event.kind in {mention.kind for mention in event.mentions}
        assert event.status in ("reported", "claimed", "denied", "disputed", "planned", "refused")
        if event.status == "planned":
            assert not any(
                m.mood == "happened" and m.speakers == [] for m in event.mentions if not m.definite
            )
        if event.killed is not None and None not in (
            event.killed.low,
            event.killed.high,
            event.killed.value,
        ):
            assert event.killed.low <= event.killed.value <= event.killed.high
    lost = [m for m in found if id(m) not in kept and m.mood == "happened"]
    assert all(m.definite for m in lost)


@given(mentions())
def test_joining_twice_gives_the_same(drawn):
    document, found = drawn
    first = join(found, Findings(document), ENGLISH)
    assert join(found, Findings(document), ENGLISH) == first
