"""The entries of a language file: what they may say, and what is wrong with a false one."""

import runpy
import tomllib
from pathlib import Path

import pytest

from geoevents.events.vocabulary import EVENT_TYPES
from geoevents.reports.errors import LanguageError
from geoevents.reports.extraction import extract
from geoevents.reports.extraction.triggers import triggers
from geoevents.reports.language import language, read_language

FABRICATE = runpy.run_path(str(Path(__file__).parents[1] / "syntax" / "fabricate.py"))


def with_lines(folder, lines):
    """English with more lines at the end of its file."""
    content = language("en").path.read_text(encoding="utf-8")
    (folder / "en.toml").write_text(f"{content}\n{lines}", encoding="utf-8")
    return read_language("en", folder / "en.toml")


def test_every_type_of_event_has_a_trigger():
    known = triggers(language("en"))
    kinds = {trigger.kind for entries in known.verbs.values() for trigger in entries}
    kinds |= {trigger.kind for entries in known.events.values() for trigger in entries}
    assert kinds == set(EVENT_TYPES)


def test_a_language_is_compiled_once():
    assert triggers(language("en")) is triggers(language("en"))


def test_a_new_entry_is_all_that_a_new_verb_needs(tmp_path):
    extended = with_lines(
        tmp_path,
        """
        [triggers.verbs.hacked]
        verbs = "cyberattack"
        kind = "other"
        object = "place"
        actor = "subject"
        place = "object"
        """,
    )
    findings = FABRICATE["findings"]("Rebels will cyberattack Homs.")
    assert extract(findings, language("en"))[0] == []
    [mention] = extract(findings, extended)[0]
    assert (mention.kind, mention.entry) == ("other", "hacked")
    assert [a.name for a in mention.actors] == ["rebels"]
    assert [p.text for p in mention.phrases] == ["Homs"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[triggers.verbs.x]\nverbs = "zap"\nkind = "zapping"', "'zapping' is no type of event"),
        ('[triggers.verbs.x]\nverbs = "zap"\nkind = "other"\nwhy = "so"', "'why' means nothing"),
        ('[triggers.verbs.x]\nverbs = "zap"', "None is no type of event"),
    ],
)
def test_a_false_entry_is_told_with_its_place(tmp_path, lines, told):
    with pytest.raises(LanguageError, match=told) as error:
        triggers(with_lines(tmp_path, lines))
    assert "entry 'x'" in str(error.value)
    assert "en.toml" in str(error.value)


def test_no_word_of_the_file_is_lost():
    """Every verb of an entry is one that the parse knows: else it would never be found."""
    from geoevents.reports.syntax.lexicon import lexicon  # noqa: PLC0415 -- beside its only use

    words = lexicon(language("en"))
    table = tomllib.loads(language("en").origin("triggers").read_text(encoding="utf-8"))["triggers"]
    lemmas = {
        verb.partition(":")[0]
        for source in [*(row["verbs"] for row in table["verbs"].values()), *table["light"].values()]
        for verb in source.split()
    }
    lemmas -= {"be", "have", "do", "down"}  # small words; "downed" is a verb all the same
    unknown = {
        lemma for lemma in lemmas if words.know(lemma).tag != "VERB" and lemma not in words.both
    }
    assert unknown == set()


def test_every_particle_of_an_entry_is_one_that_is_read():
    from geoevents.reports.syntax.lexicon import lexicon  # noqa: PLC0415 -- beside its only use

    particles = lexicon(language("en")).particles
    known = triggers(language("en"))
    wanted = {key for key in known.verbs if key[1]}
    wanted |= {key for keys in known.light.values() for key in keys if key[1]}
    assert {key for key in wanted if key[1] not in particles.get(key[0], ())} == set()
