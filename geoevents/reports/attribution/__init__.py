"""Who says what: clauses of saying, quotations, blame and denial, and whom a pronoun means."""

from geoevents.reports.attribution.antecedents import Antecedents
from geoevents.reports.attribution.charges import Charges
from geoevents.reports.attribution.quoting import Speeches
from geoevents.reports.attribution.sites import Parse, Site
from geoevents.reports.attribution.voices import Voice, Voices
from geoevents.reports.attribution.words import AttributionWords, attribution_words

__all__ = [
    "Antecedents",
    "AttributionWords",
    "Charges",
    "Parse",
    "Site",
    "Speeches",
    "Voice",
    "Voices",
    "attribution_words",
]
