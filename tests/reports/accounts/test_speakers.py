"""Who says so, and who denies it, each told in a marked sentence or two."""

import pytest

SAID = [
    ("Russia said it had [struck|air strike] Kherson.", [("Russia", "says")]),
    ("Russia said that Ukraine [struck|air strike] Kherson.", [("Russia", "says")]),
    ("Ukraine [struck|air strike] Kherson, Russia said.", [("Russia", "says")]),
    (
        "Ukraine [struck|air strike] Kherson, said the Russian ministry.",
        [("Russian ministry", "says")],
    ),
    ("Ukraine [struck|air strike] Kherson, according to Russia.", [("Russia", "says")]),
    ("According to Russia, Ukraine [struck|air strike] Kherson.", [("Russia", "says")]),
    ("In a statement, Russia said Ukraine [struck|air strike] Kherson.", [("Russia", "says")]),
    ("The [strike|air strike] on Friday, the army said, killed 3 people.", [("the army", "says")]),
    ("Ukraine [struck|air strike] Kherson, citing no reason.", []),
    ("Russia claimed Ukraine [struck|air strike] Kherson.", [("Russia", "claims")]),
    ("Russia confirmed that it [struck|air strike] Kherson.", [("Russia", "confirms")]),
    ("Russia admitted [striking|air strike] Kherson.", [("Russia", "confirms")]),
    ("M23 claimed to have [taken|territorial gain] Goma.", [("M23", "claims")]),
    ("M23 is said to have [taken|territorial gain] Goma.", [(None, "says")]),
    ("M23 was reported to have [taken|territorial gain] Goma.", [(None, "says")]),
    ("M23 [took|territorial gain] Goma.", []),
    ("M23 [took|territorial gain] Goma, and residents said they were afraid.", []),
    ("Officials [said|statement] that.", []),
    ("Russia, which [struck|air strike] Kherson on Friday, said talks would go on.", []),
    ("Russia did not say who had [struck|air strike] Kherson.", []),
    (
        "Russia said talks were held after Ukraine [struck|air strike] Kherson.",
        [("Russia", "says")],
    ),
    ("Russia said Ukraine claimed that M23 [took|territorial gain] Goma.", [("Ukraine", "claims")]),
    ("Russia reported an [attack|armed clash] near Kherson.", [("Russia", "says")]),
    ("Russia vowed to [strike|air strike] Kherson.", [("Russia", "says")]),
    (
        "Russia said on Friday its jets had [struck|air strike] Kherson.",
        [("Russia", "says")],
    ),
    (
        "The army took Sake, while M23 said it had [taken|territorial gain] Goma.",
        [("M23", "says")],
    ),
]
POINTING = [
    ("M23 spoke on Friday. It said it had [taken|territorial gain] Goma.", [("M23", "says")]),
    (
        "M23 said it was near. It added that it had [taken|territorial gain] Goma.",
        [("M23", "says")],
    ),
    (
        "M23 said it was near. The group said it had [taken|territorial gain] Goma.",
        [("M23", "says")],
    ),
    ("M23 is near Sake. The group said it had [taken|territorial gain] Goma.", [("M23", "says")]),
    (
        "Col. Smith said it was over. He said jets had [struck|air strike] Goma.",
        [("Col. Smith", "says")],
    ),
    (
        "M23 said it was near. The statement said it had [taken|territorial gain] Goma.",
        [("M23", "says")],
    ),
    ("M23 will [attack|armed clash] Goma, its spokesman said.", [("M23", "says")]),
    (
        "M23 [took|territorial gain] Goma, according to a statement issued by the army.",
        [("the army", "says")],
    ),
    ("The army said nothing. Nobody said who had [struck|air strike] Goma.", []),
]
DENIED = [
    ("Russia denied that it [struck|air strike] Kherson.", [("Russia", "denies")]),
    ("Russia denied [striking|air strike] Kherson.", [("Russia", "denies")]),
    ("Russia denied the [strike|air strike].", [("Russia", "denies")]),
    ("Russia denied involvement in the [strike|air strike].", [("Russia", "denies")]),
    ("Russia denied responsibility for the [strike|air strike].", [("Russia", "denies")]),
    ("Russia was not involved in the [strike|air strike].", [("Russia", "denies")]),
    ("Russia rejected claims that it [struck|air strike] Kherson.", [("Russia", "denies")]),
    ("Russia dismissed reports that it [struck|air strike] Kherson.", [("Russia", "denies")]),
    ("Russia did not deny the [strike|air strike].", []),
    ("Russia did not deny [striking|air strike] Kherson.", []),
    ("Russia denied that talks ended after Ukraine [struck|air strike] Kherson.", []),
    ("Russia denied residents access after Ukraine [struck|air strike] Kherson.", []),
    ("Russia said it had not [struck|air strike] Kherson.", [("Russia", "denies")]),
    ("Russia said it would not [strike|air strike] Kherson.", [("Russia", "says")]),
]
BLAMED = [
    ("Ukraine blamed Russia for the [strike|air strike].", "Russia", [("Ukraine", "claims")]),
    ("Ukraine blamed the [strike|air strike] on Russia.", "Russia", [("Ukraine", "claims")]),
    ("The [strike|air strike] was blamed on Russia.", "Russia", [(None, "claims")]),
    ("Ukraine accused Russia of the [strike|air strike].", "Russia", [("Ukraine", "claims")]),
    ("Ukraine accused Russia of [striking|air strike] Kherson.", "Russia", [("Ukraine", "claims")]),
    (
        "Ukraine accused Russia on Friday of [striking|air strike] Kherson.",
        "Russia",
        [("Ukraine", "claims")],
    ),
    ("Russia was accused of [striking|air strike] Kherson.", "Russia", [(None, "claims")]),
    ("M23 claimed responsibility for the [attack|armed clash].", "M23", [("M23", "claims")]),
    ("M23 claimed the [attack|armed clash].", "M23", [("M23", "claims")]),
    ("M23 said it was behind the [attack|armed clash].", "M23", [("M23", "says")]),
    ("No group claimed responsibility for the [attack|armed clash].", None, []),
    ("M23 did not claim responsibility for the [attack|armed clash].", None, []),
]


@pytest.mark.parametrize(("text", "speakers"), SAID + POINTING + DENIED)
def test_who_says_so(tell, text, speakers):
    assert tell(text).said() == speakers


@pytest.mark.parametrize(("text", "actor", "speakers"), BLAMED)
def test_who_is_said_to_have_done_it(tell, text, actor, speakers):
    told = tell(text)
    assert [one.name for one in told.mention().actors] == ([actor] if actor else [])
    assert told.said() == speakers


def test_the_words_that_say_so_are_kept(tell):
    told = tell("Ukraine [struck|air strike] Kherson, the Russian ministry said on Friday.")
    assert [one.text for one in told.mention().speakers] == ["the Russian ministry said"]


QUOTED = [
    ('"We have [struck|air strike] the base near Goma," M23 said.', ["M23"]),
    ('M23 said: "We have [struck|air strike] the base near Goma."', ["M23"]),
    ('M23 said in a release: "We won. We [struck|air strike] the base near Goma."', ["M23"]),
    (
        'M23 said this: "The base is ours." "We [struck|air strike] it on Friday."',
        ["M23"],
    ),
    (
        '"We fought hard. We [struck|air strike] the base near Goma," said Col. Smith.',
        ["Col. Smith"],
    ),
    ('"They [struck|air strike] a school near Goma." The army said this on Friday.', ["the army"]),
    ("“We won near Goma,” M23 said. “We have [struck|air strike] the base as well.”", ["M23"]),
    (
        "“We won near Goma,” M23 said. It continued, “We [struck|air strike] the base as well.”",
        ["M23"],
    ),
    ('"We have [struck|air strike] the base near Goma, and we won."', []),
]


@pytest.mark.parametrize(("text", "names"), QUOTED)
def test_whose_words_a_quotation_is(tell, text, names):
    told = tell(text)
    assert told.mention().quoted
    found = [one.actor.name.lower() for one in told.mention().speakers if one.actor is not None]
    assert found == [name.lower() for name in names]


def test_a_name_between_quotation_marks_is_no_speech(tell):
    assert not tell('M23 [took|territorial gain] "the Gate" of Goma.').mention().quoted


def test_we_are_whoever_speaks(tell):
    told = tell('"We have [struck|air strike] the base near Goma," M23 said.')
    assert [one.party for one in told.mention().actors] == ["M23"]


def test_they_are_not_whoever_is_quoted(tell):
    told = tell('"They [struck|air strike] the base near Goma," M23 said.')
    assert told.mention().actors == []


POINTED = [
    ("M23 entered Sake. They [shelled|shelling] Goma.", ["M23"]),
    ("M23 entered Sake. The group [shelled|shelling] Goma.", ["M23"]),
    ("M23 said its fighters [shelled|shelling] Goma.", ["M23"]),
    ("M23 said they had [shelled|shelling] Goma.", ["M23"]),
    ("M23 entered Sake before it [shelled|shelling] Goma.", ["M23"]),
    ("M23 and RSF met. They [shelled|shelling] Goma.", []),
    ("Talks were held. They [shelled|shelling] Goma.", []),
    ("M23 and the army talked. The group [shelled|shelling] Goma.", ["M23"]),
    ("M23 and RSF talked. The group [shelled|shelling] Goma.", []),
    ("M23 fought the army. Both sides [shelled|shelling] Goma.", ["M23", "the army"]),
    ("Residents said they had [seen|other] it.", ["Residents"]),
    ("A monitor said it had [seen|other] it.", []),
]


@pytest.mark.parametrize(("text", "names"), POINTED)
def test_whom_a_pronoun_means(tell, text, names):
    assert [one.name for one in tell(text).mention().actors] == names


def test_a_pronoun_that_was_read_is_told_to_the_reader(tell):
    mention = tell("M23 entered Sake. They [shelled|shelling] Goma.").mention()
    assert mention.notes == ["'They' was read as M23"]
    assert mention.actors[0].text == "They"


PLACED = [
    ("M23 is in Goma. It [shelled|shelling] the city.", ["Goma"]),
    ("M23 is in Goma. It [attacked|armed clash] soldiers there.", ["Goma"]),
    ("M23 is in Goma. It [shelled|shelling] the city centre.", []),
    ("M23 is in North Kivu. It [shelled|shelling] the province.", ["North Kivu"]),
    ("M23 is in North Kivu. It [shelled|shelling] the town.", []),
    ("M23 is in Goma. It [shelled|shelling] a town.", []),
    ("M23 is in Sake and Goma. It [shelled|shelling] the town.", ["Goma"]),
    ("M23 is in Goma. It [shelled|shelling] Sake.", ["Sake"]),
]


@pytest.mark.parametrize(("text", "places"), PLACED)
def test_where_the_city_is(tell, text, places):
    assert [phrase.text for phrase in tell(text).mention().phrases] == places


def test_whose_base_was_hit(tell):
    told = tell("M23 said Russia [struck|air strike] their base near Goma.")
    assert [one.name for one in told.mention().targets] == ["M23"]


def test_a_denial_points_back_to_what_it_denies(tell):
    told = tell("Ukraine said Russia [struck|air strike] Kherson. Russia denied the charge.")
    assert told.said(1) == [("Russia", "denies")]
    assert told.mentions[1].sentence == 1
    assert [len(event.mentions) for event in told.events] == [2]


@pytest.mark.parametrize(
    "denial",
    ["Russia denied it.", "Russia denied this.", "Russia denied responsibility.", "Russia denied."],
)
def test_words_of_denial(tell, denial):
    told = tell(f"Ukraine said Russia [struck|air strike] Kherson. {denial}")
    assert told.events[0].denied_by == ["Russia"]
    assert told.events[0].status == "denied"


def test_a_deed_is_denied(tell):
    told = tell("Two shells [hit|shelling] Tyre. Hamas denied firing on the town.")
    assert told.events[0].denied_by == ["Hamas"]
    assert told.events[0].status == "reported"


def test_a_relative_clause_may_deny(tell):
    told = tell("Ukraine said Russia [struck|air strike] Kherson, which Russia denies.")
    assert told.events[0].denied_by == ["Russia"]


@pytest.mark.parametrize(
    "other",
    [
        "Russia denied a visa.",
        "Russia denied residents entry.",
        "Russia did not deny it.",
        "Russia rejected the offer.",
    ],
)
def test_words_of_no_denial(tell, other):
    told = tell(f"Ukraine said Russia [struck|air strike] Kherson. {other}")
    assert told.events[0].denied_by == []


def test_the_denier_is_looked_for_among_the_accused(tell):
    told = tell(
        "Ukraine said Russia [struck|air strike] Kherson. The army said M23 [shelled|shelling]"
        " Goma. Russia denied it."
    )
    assert [event.denied_by for event in told.events] == [["Russia"], []]


def test_a_condemnation_points_back(tell):
    told = tell("Russia [struck|air strike] Kherson on Friday. Israel condemned the strike.")
    assert [len(event.mentions) for event in told.events] == [2]
    assert told.events[0].claimed_by == []
