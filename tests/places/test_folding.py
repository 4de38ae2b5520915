"""Many names at once are folded and hashed as each is by itself."""

from hypothesis import example, given
from hypothesis import strategies as st

from geoevents.places.folding import fold, fold_all
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.sounds import sound_hash, sound_hashes

LATIN = st.text(st.sampled_from("aaeeiouywhhckdtzgsjrpf  "), max_size=14)


@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=12), max_size=12))
@example(["a\nb", "\n", "", "A\u0301\n\u0301", "\ud800x", "ﷺ", "Ⅻ", "İ", "ẞ", "\u2028", "a  b "])
def test_many_names_are_folded_as_one_is(names):
    assert fold_all(names) == [fold(name) for name in names]


@given(st.lists(LATIN | st.text(st.sampled_from("ابتثجحالرسء "), max_size=9) | st.text(max_size=6)))
def test_many_names_are_hashed_as_one_is(names):
    keys = [fold(name) for name in names]
    assert sound_hashes(keys).tolist() == [sound_hash(key) for key in keys]


def test_no_names_are_none():
    assert fold_all([]) == []
    assert sound_hashes([]).tolist() == []


def test_the_hashes_in_the_embedded_files_are_those_of_today():
    for store in Gazetteer.embedded().stores:
        some = range(0, len(store.keys), 97)
        keys = store.keys.take(some)
        assert store.skeletons[list(some)].tolist() == sound_hashes(keys).tolist()
        assert fold_all(keys) == keys


def test_rules_stop_at_the_end_of_a_word():
    # Joined for speed, the h of "haret" must not soften the k of a word before, nor a final -ah be
    # in the middle of anything.
    one, other, third = sound_hashes(["raqqah", "raqqa", "hazak"]).tolist()
    assert one == other == sound_hash("raqqa") != 0
    assert third == sound_hash("hazak") not in (0, one)
