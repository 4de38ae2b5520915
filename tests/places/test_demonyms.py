"""Adjectives of countries: each worked out from the language, none from the table."""

import csv
import re
from pathlib import Path

import pytest

from geoevents.places import demonyms
from geoevents.places.countries import ISO3
from geoevents.places.demonyms import countries_of, country_of

CLEAR = re.split(
    r"[;\n] *",
    """\
Syrian SY; Iraqi IQ; Lebanese LB; Turkish TR; British GB; American US; Emirati AE; Ivorian CI
Bissau-Guinean GW; Guinean GN; Equatorial Guinean GQ; Kosovar XK; Kosovan XK; Jordanian JO
Israeli IL; Palestinian PS; Egyptian EG; Libyan LY; Tunisian TN; Algerian DZ; Moroccan MA
Sahrawi EH; Mauritanian MR; Malian ML; Nigerien NE; Nigerian NG; Chadian TD; Sudanese SD
South Sudanese SS; Ethiopian ET; Eritrean ER; Somali SO; Djiboutian DJ; Kenyan KE; Ugandan UG
Rwandan RW; Burundian BI; Central African CF; Cameroonian CM; Burkinabé BF; Burkinabe BF
Ukrainian UA; Russian RU; Belarusian BY; Moldovan MD; Polish PL; Georgian GE; Armenian AM
Azerbaijani AZ; Azeri AZ; Iranian IR; Afghan AF; Pakistani PK; Indian IN; Chinese CN
Bangladeshi BD; Burmese MM; Thai TH; Cambodian KH; Lao LA; Vietnamese VN; North Korean KP
South Korean KR; Taiwanese TW; Filipino PH; Saudi SA; Yemeni YE; Omani OM; Qatari QA
Kuwaiti KW; Bahraini BH; Cypriot CY; Greek GR; Dutch NL; Swiss CH; Colombian CO; Venezuelan VE
Haitian HT; Tajik TJ; Kyrgyz KG; Kazakh KZ; Uzbek UZ; Turkmen TM; Basotho LS; Swazi SZ
Mozambican MZ; Sino CN; Franco FR; Russo RU; Indo IN; Turco TR; Syro SY""",
)
NAMES = re.split(
    r"[;\n] *",
    """\
Syria SY; Iraq IQ; US US; U.S. US; USA US; UK GB; DRC CD; UAE AE; the United States US
Türkiye TR; Ivory Coast CI; DR Congo CD; Burma MM; Czechia CZ; Georgia GE; Jordan JO; SYR SY
سوريا SY; north korea KP; South  Sudan SS""",
)


@pytest.mark.parametrize("pair", [*CLEAR, *NAMES])
def test_means_one_country(pair: str) -> None:
    """Adjectives, names and initials."""
    word, code = pair.rsplit(" ", 1)
    assert country_of(word) == code


@pytest.mark.parametrize("pair", CLEAR)
def test_case_does_not_matter(pair: str) -> None:
    """Reports shout, and write without capitals."""
    word, code = pair.rsplit(" ", 1)
    assert {country_of(word.upper()), country_of(word.lower())} == {code}


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Congolese", ("CD", "CG")),
        ("Korean", ("KP", "KR")),
        ("Dominican", ("DM", "DO")),
        ("Korea", ("KP", "KR")),
    ],
)
def test_means_several(word: str, codes: tuple[str, ...]) -> None:
    """No choice is made silently."""
    assert countries_of(word) == codes
    assert country_of(word) is None


@pytest.mark.parametrize(
    "word",
    [
        "",
        "...",
        "us",
        "car",
        "drc",
        "in",
        "and",
        "Kurdish",
        "Arab",
        "Scottish",
        "Damascus",
        "xyzzy",
    ],
)
def test_means_none(word: str) -> None:
    """Words, peoples and towns are no countries."""
    assert countries_of(word) == ()


def test_every_country_has_a_line() -> None:
    """All codes in use (two are of countries that are gone), each once, each with a word."""
    path = Path(demonyms.__file__).parent / "data" / "demonyms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["country"] for row in rows]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(ISO3.values()) - {"CS", "AN"}
    assert all(row["adjectives"] for row in rows if row["country"] not in {"UM", "HM"})


def test_a_word_means_two_countries_only_where_said() -> None:
    """A slip in the table would make a common adjective ambiguous."""
    words, _ = demonyms.adjectives_and_initials()
    several = {word for word, codes in words.items() if len(codes) > 1}
    assert several == {"congolese", "congo", "korean", "korea", "dominican", "virgin islander"}
