"""The parse: words, noun phrases, verb groups and clauses of sentences of our own."""

import runpy
from pathlib import Path

import pytest

from geoevents.reports.language import language
from geoevents.reports.syntax import parse

FABRICATE = runpy.run_path(str(Path(__file__).parent / "fabricate.py"))


def clauses(text):
    findings = FABRICATE["findings"](text)
    return [c for s in parse(findings.document, findings, language("en")) for c in s]


def tags(text):
    return {word.text: word.tag for word in clauses(text)[0].words}


def words(clause, phrase):
    """The words of a noun phrase, without what is attached."""
    if phrase is None:
        return None
    return " ".join(w.text for w in clause.words[phrase.first : phrase.last + 1])


def objects(clause):
    return [words(clause, phrase) for phrase in clause.objects]


def preps(clause):
    return [(word, words(clause, phrase)) for word, phrase in clause.preps]


# Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The strike killed two.", "strike", "NOUN"),
        ("They strike at dawn.", "strike", "VERB"),
        ("Rebels attack the base.", "attack", "VERB"),
        ("An attack on the base failed.", "attack", "NOUN"),
        ("Russian strikes killed two.", "strikes", "NOUN"),
        ("Turkey strikes Kurdish positions near Afrin", "strikes", "VERB"),
        ("If the army attacks, they will flee.", "attacks", "VERB"),
        ("The medics treated wounded soldiers.", "wounded", "ADJ"),
        ("A strike wounded soldiers of the army.", "wounded", "VERB"),
        ("The wounded were taken to Kabul.", "wounded", "NOUN"),
        ("Heavy fighting broke out.", "fighting", "NOUN"),
        ("The army is fighting rebels.", "fighting", "VERB"),
        ("Shelling of the town went on.", "Shelling", "NOUN"),
        ("The advancing army took Homs.", "advancing", "ADJ"),
        ("They want to attack.", "to", "TO"),
        ("It led to protests.", "to", "PREP"),
        ("Police open fire in Lima", "open", "VERB"),
        ("The road is open.", "open", "ADJ"),
        ("The town that rebels took is empty.", "that", "REL"),
        ("The claim that rebels took Homs is false.", "that", "SUB"),
        ("The rebels that took the town left.", "that", "REL"),
        ("In that town they fought.", "that", "DET"),
        ("The rebels' attack failed.", "'", "POSS"),
        ("The army's attack failed.", "'s", "POSS"),
        ("It's over.", "'s", "AUX"),
        ("They left on 3 May 2017.", "May", "NAME"),
        ("They may leave.", "may", "MODAL"),
        ("The militants torched a depot.", "torched", "VERB"),
        ("A hundred people came.", "hundred", "NUM"),
        ("Villagers clashed with striking workers.", "striking", "ADJ"),
    ],
)
def test_words_are_told_apart_where_they_stand(text, word, tag):
    assert tags(text)[word] == tag


def test_an_entity_is_one_word():
    [clause] = clauses("The Free Syrian Army hit Deir Ezzor.")
    assert [w.text for w in clause.words] == ["The", "Free Syrian Army", "hit", "Deir Ezzor", "."]
    assert clause.words[1].entity.name == "Free Syrian Army"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("struck", "strike"),
        ("seized", "seize"),
        ("shelling", "shell"),
        ("kidnapped", "kidnap"),
        ("withdrew", "withdraw"),
        ("overrun", "overrun"),
        ("fled", "flee"),
        ("dies", "die"),
        ("carries", "carry"),
        ("travelled", "travel"),
        ("hitting", "hit"),
    ],
)
def test_verbs_have_their_lemma(form, lemma):
    from geoevents.reports.syntax.lexicon import lexicon  # noqa: PLC0415 -- beside its only use

    assert lexicon(language("en")).know(form).lemma == lemma


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("clashes", "clash"),
        ("cities", "city"),
        ("men", "man"),
        ("missiles", "missile"),
        ("gunmen", "gunman"),
        ("forces", "force"),
        ("lives", "life"),
        ("crisis", "crisis"),
    ],
)
def test_nouns_have_their_singular(plural, singular):
    from geoevents.reports.syntax.lexicon import lexicon  # noqa: PLC0415 -- beside its only use

    assert lexicon(language("en")).singular(plural) == singular


# Verb groups -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels took Homs.", ("take", "active", (), None, False)),
        ("Homs was taken by rebels.", ("take", "passive", (), None, False)),
        ("Homs has been taken.", ("take", "passive", (), None, False)),
        ("Homs is being shelled.", ("shell", "passive", (), None, False)),
        ("Rebels have not taken Homs.", ("take", "active", (), None, True)),
        ("The army did not strike Homs.", ("strike", "active", (), None, True)),
        ("The army won't strike Homs.", ("strike", "active", (), "will", True)),
        ("The army would not enter Homs.", ("enter", "active", (), "would", True)),
        ("The army could soon retake Homs.", ("retake", "active", (), "could", False)),
        ("The base was reported to have been hit.", ("hit", "passive", ("report",), None, False)),
        ("Rebels began shelling Homs.", ("shell", "active", ("begin",), None, False)),
        ("Rebels continued to advance.", ("advance", "active", ("continue",), None, False)),
        ("Rebels were forced to withdraw.", ("withdraw", "active", ("force",), None, False)),
        ("Rebels managed to capture Homs.", ("capture", "active", ("manage",), None, False)),
        ("The army refused to strike Homs.", ("strike", "active", ("refuse",), None, False)),
        ("Rebels plan to try to retake Homs.", ("retake", "active", ("plan", "try"), None, False)),
        ("The army is going to attack Homs.", ("attack", "active", (), "will", False)),
        ("The army is about to attack Homs.", ("attack", "active", (), "will", False)),
        ("The army has recently made gains.", ("make", "active", (), None, False)),
        ("The army no longer holds Homs.", ("hold", "active", (), None, True)),
        ("12 killed in Homs", ("kill", "passive", (), None, False)),
    ],
)
def test_verb_groups(text, expected):
    """Expected are the verb, its voice, what it hangs on, its modal, and whether it is negated."""
    verb = clauses(text)[0].verb
    assert (verb.lemma, verb.voice, verb.chain, verb.modal, verb.negated) == expected


@pytest.mark.parametrize(
    ("text", "lemma", "particle"),
    [
        ("Rebels shot down a jet.", "shoot", "down"),
        ("The coalition carried out strikes.", "carry", "out"),
        ("Troops linked up with rebels.", "link", "up"),
        ("Rebels took over the town.", "take", "over"),
        ("Troops pulled out of Homs.", "pull", ""),
        ("Rebels moved in Homs.", "move", ""),
    ],
)
def test_small_words_of_verbs(text, lemma, particle):
    verb = clauses(text)[0].verb
    assert (verb.lemma, verb.particle) == (lemma, particle)


# Noun phrases ------------------------------------------------------------------------------


def test_what_belongs_to_a_noun():
    [clause] = clauses("Members of the Free Syrian Army hit positions of ISIS near Homs.")
    assert words(clause, clause.subject) == "Members"
    assert [(w, words(clause, p)) for w, p in clause.subject.attached] == [
        ("of", "the Free Syrian Army")
    ]
    assert objects(clause) == ["positions"]
    assert preps(clause) == [("of", "the Free Syrian Army"), ("of", "ISIS"), ("near", "Homs")]


def test_owners():
    [clause] = clauses("Russia's strike on Homs killed two.")
    assert words(clause, clause.subject.owner) == "Russia"
    assert clause.words[clause.subject.head].text == "strike"


def test_lists_are_one_phrase_with_others():
    [clause] = clauses("The army took Homs, Idlib and Aleppo.")
    [phrase] = clause.objects
    assert words(clause, phrase) == "Homs"
    assert [words(clause, other) for other in phrase.others] == ["Idlib", "Aleppo"]


def test_a_name_behind_a_phrase_of_where_begins_another():
    [clause] = clauses("In Aleppo rebels captured a base.")
    assert words(clause, clause.subject) == "rebels"
    assert preps(clause) == [("in", "Aleppo")]


def test_times_are_no_subjects_and_no_objects():
    [clause] = clauses("On Friday rebels hit Homs early Saturday.")
    assert words(clause, clause.subject) == "rebels"
    assert objects(clause) == ["Homs"]
    assert [when.text for when in clause.times] == ["Friday", "early Saturday"]


# Clauses -----------------------------------------------------------------------------------


def shape(text):
    """Each clause as (verb, link, mark, parent, subject)."""
    return [(c.verb.lemma, c.link, c.mark, c.parent, words(c, c.subject)) for c in clauses(text)]


def test_clauses_that_share_their_subject():
    assert shape("Rebels took Homs and advanced on Idlib.") == [
        ("take", "main", "", None, "Rebels"),
        ("advance", "coordinate", "and", 0, "Rebels"),
    ]


def test_clauses_with_subjects_of_their_own():
    assert shape("Rebels attacked Mokha and the army withdrew.") == [
        ("attack", "main", "", None, "Rebels"),
        ("withdraw", "coordinate", "and", 0, "the army"),
    ]


def test_that_clauses_with_and_without_the_word():
    assert shape("The army said that rebels took Homs.") == [
        ("say", "main", "", None, "The army"),
        ("take", "that", "that", 0, "rebels"),
    ]
    assert shape("The army said rebels took Homs.") == [
        ("say", "main", "", None, "The army"),
        ("take", "that", "", 0, "rebels"),
    ]


def test_attributions_behind_what_is_said():
    assert shape("Rebels took Homs, the army said.") == [
        ("take", "main", "", None, "Rebels"),
        ("say", "quote", "", 0, "the army"),
    ]
    assert shape("Rebels took Homs, said the army.") == [
        ("take", "main", "", None, "Rebels"),
        ("say", "quote", "", 0, "the army"),
    ]


def test_the_verb_of_a_relative_is_not_that_of_its_clause():
    assert shape("They hit Homs and soldiers who were besieged there withdrew.") == [
        ("hit", "main", "", None, "They"),
        ("besiege", "relative", "who", 2, "soldiers"),
        ("withdraw", "coordinate", "and", 0, "soldiers"),
    ]


def test_both_sides_of_between():
    [clause, _] = clauses("Clashes between the SDF and forces allied to Turkey erupted.")[::-1]
    [(word, phrase)] = clause.subject.attached
    assert (word, [words(clause, other) for other in phrase.others]) == ("between", ["forces"])


def test_relatives():
    assert shape("Rebels who took Homs withdrew.") == [
        ("take", "relative", "who", 1, "Rebels"),
        ("withdraw", "main", "", None, "Rebels"),
    ]
    assert shape("They hit a village, where they killed two.") == [
        ("hit", "main", "", None, "They"),
        ("kill", "relative", "where", 0, "they"),
    ]


def test_reduced_relatives():
    assert shape("Soldiers besieged in Bakhmut said they would fight.") == [
        ("besiege", "participle", "", 1, "Soldiers"),
        ("say", "main", "", None, "Soldiers"),
        ("fight", "that", "", 1, "they"),
    ]
    [besieged, *_] = clauses("Soldiers besieged in Bakhmut said they would fight.")
    assert besieged.verb.voice == "passive"


def test_participles():
    found = shape("Rebels took Homs, killing 12 soldiers and wounding 30.")
    assert found == [
        ("take", "main", "", None, "Rebels"),
        ("kill", "participle", "", 0, "Rebels"),
        ("wound", "coordinate", "and", 1, "Rebels"),
    ]


def test_what_stands_between_commas_is_no_subject():
    assert shape("The army, backed by Russian airstrikes, took Homs.") == [
        ("back", "participle", "", 1, "The army"),
        ("take", "main", "", None, "The army"),
    ]
    assert shape("A farmer, one of them a child, died.")[0][4] == "A farmer"


def test_adverbial_clauses():
    assert shape("As the army advanced on Homs, rebels shelled Idlib.") == [
        ("advance", "adverbial", "as", 1, "the army"),
        ("shell", "main", "", None, "rebels"),
    ]
    [clause] = clauses("After the attack the army retook Djibo.")
    assert preps(clause) == [("after", "the attack")]


def test_infinitives():
    assert shape("The coalition denied a Turkish request to strike Homs.") == [
        ("deny", "main", "", None, "The coalition"),
        ("strike", "infinitive", "to", 0, "a Turkish request"),
    ]
    assert shape("The army used tanks to take Homs.")[1] == (
        "take",
        "infinitive",
        "to",
        0,
        "The army",
    )


@pytest.mark.parametrize(
    ("text", "chain", "modal", "negated"),
    [
        ("The army plans to enter Sake and attack Goma.", ("plan",), None, False),
        ("The army plans to enter Sake and to attack Goma.", ("plan",), None, False),
        ("The army would not enter Sake or attack Goma.", (), "would", True),
        ("Rebels attack Sake and shell Goma.", (), None, False),
    ],
)
def test_a_second_verb_hangs_where_the_first_one_hangs(text, chain, modal, negated):
    _, second = clauses(text)
    verb = second.verb
    assert (verb.chain, verb.modal, verb.negated) == (chain, modal, negated)


def test_of_accusations():
    assert shape("Turkey accused the PKK of attacking Ankara.")[1] == (
        "attack",
        "participle",
        "of",
        0,
        "the PKK",
    )


def test_headlines_without_a_verb():
    [clause] = clauses("Heavy clashes in Sirte")
    assert clause.verb is None
    assert objects(clause) == ["Heavy clashes"]
    assert preps(clause) == [("in", "Sirte")]


def test_clauses_know_where_they_stand():
    text = "Rebels took Homs, killing 12 soldiers."
    took, killing = clauses(text)
    assert text[took.start : took.end] == "Rebels took Homs"
    assert text[killing.start : killing.end] == "killing 12 soldiers"


def test_a_place_in_brackets_is_no_subject():
    [clause] = clauses("In Homs (Idlib), gunmen shot four people.")
    assert words(clause, clause.subject) == "gunmen"


def test_a_sentence_begins_behind_a_dateline():
    assert tags("KYIV, 3 May - Rockets hit the market of Kharkiv.")["Rockets"] == "NOUN"


def test_one_auxiliary_for_two_participles():
    _, second = clauses("The rebels had shelled Homs and taken Idlib.")
    assert (second.link, second.verb.voice, second.shared) == ("coordinate", "active", True)
