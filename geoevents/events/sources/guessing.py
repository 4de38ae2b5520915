"""
Which columns of any table say what: guessed from their names.

Names decide; what stands in a column can only speak against it. Of two columns that say the same
equally well neither is taken.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS
from geoevents.events.sources import vetoes

_SCHEMA = frozenset(column.name for column in COLUMNS)
_PAIRS = (("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"), ("long", "lat"), ("x", "y"))

# Ranks of names, the best first and a bar between; the words of a rank are equally good. In
# English, Spanish, French, German, Portuguese, Italian, Arabic, Russian and Ukrainian.
_NAMES: Mapping[str, str] = {
    "latitude": """
        latitude lat lat_dd lat_wgs84 latitude_dd latitude_wgs84 gps_lat gps_latitude
        decimallatitude decimal_latitude latitud latitudine breitengrad geographische_breite
        breite широта خط_العرض دائرة_العرض
        |
        location_latitude geo_lat geo_latitude point_latitude coordinates_latitude
        |
        ycoord y_coord coord_y y_coordinate point_y latdd
        |
        y
    """,
    "longitude": """
        longitude lon lng long lon_dd long_dd lon_wgs84 longitude_dd longitude_wgs84 gps_lon
        gps_long gps_longitude decimallongitude decimal_longitude longitud longitudine
        laengengrad langengrad geographische_laenge laenge долгота довгота خط_الطول
        |
        location_longitude geo_lon geo_lng geo_long geo_longitude point_longitude
        coordinates_longitude
        |
        xcoord x_coord coord_x x_coordinate point_x longdd
        |
        x
    """,
    "start": """
        start_date date_start startdate begin_date date_from from_date started start_time
        date_begin fecha_inicio date_debut startdatum
        |
        begin
        |
        event_date eventdate date_of_event incident_date date_of_incident date_of_attack
        attack_date date_occurred occurred_on
        |
        date datum fecha дата تاريخ التاريخ
        |
        day datetime date_time timestamp when data jour giorno dia tag
        |
        year ano annee jahr anno
    """,
    "end": """
        end_date date_end enddate to_date date_to ended end_time fecha_fin date_fin enddatum
        |
        until
    """,
    "event_type": """
        event_type eventtype type_of_event event_kind kind_of_event incident_type
        type_of_incident attack_type type_of_attack event_category tipo_de_evento type_evenement
        ereignistyp نوع_الحدث
        |
        type category kind tipo typ categorie kategorie categoria тип النوع
        |
        event incident attack ereignis evento evenement
    """,
    "actor": """
        actor actor1 actor_1 perpetrator perpetrators attacker aggressor responsible
        responsible_actor initiator akteur acteur
        |
        who by_whom side_a party_a
    """,
    "target": """
        target actor2 actor_2 victim victims targets ziel cible objetivo
        |
        whom to_whom against side_b party_b
    """,
    "locality": """
        locality location_description where_description site_description
        |
        location where site locality_name ubicacion lieu ort lugar luogo место місце المكان
        الموقع
        |
        address area locations
    """,
    "place": """
        place place_name placename toponym
        |
        city town village settlement municipality populated_place ciudad ville stadt cidade
        citta dorf pueblo город місто المدينة
        |
        nearest_town nearest_city nearest_place
    """,
    "fatalities": """
        fatalities deaths killed dead fatality nkill num_killed number_killed number_of_deaths
        death_toll total_killed people_killed muertos tote morts mortos morti القتلى
        |
        best best_estimate fatalities_best deaths_best deaths_total total_deaths
    """,
    "source": """
        source sources source_name reported_by quelle fuente fonte источник джерело المصدر
        |
        reporter media outlet
        |
        source_url url link source_link href
    """,
    "quote": """
        quote quotation excerpt
        |
        description event_description summary narrative text details beschreibung descripcion
        resume descricao описание опис
        |
        notes note comments comment remarks remark observaciones notizen ملاحظات
    """,
    "event_id": """
        event_id eventid event_no event_number incident_id incident_no
        |
        id uid uuid identifier record_id id_no
        |
        fid objectid ogc_fid
    """,
    "uncertainty_m": """
        uncertainty_m accuracy_m precision_m radius_m error_m coordinateuncertaintyinmeters
        coordinate_uncertainty_in_meters gps_accuracy gps_precision location_precision_m
    """,
}
# Not to know what happened, where and when is to know nothing: that is worth a question.
_ASKED = ("event_type", "longitude", "latitude", "start")
# A table with our event_type was written for us: what it calls otherwise, it means otherwise.
_OURS_LACKS = ("longitude", "latitude", "start", "end")


def guess_columns(frame: pd.DataFrame, given: Mapping[str, str]) -> dict[str, str]:
    """
    Guess which columns of a table say what the schema asks for.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, its cells as the file holds them.
    given : mapping of str to str
        What the user has said: a column of the schema, ``longitude`` or ``latitude``, and the
        table's column for it.

    Returns
    -------
    dict of str to str
        For columns of the schema, and for ``longitude`` and ``latitude``, the table's column;
        without those that are given, and without those that have their name already.

    Raises
    ------
    GeoeventsError
        If what happened, where or when can be read from several columns equally well.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"Fecha": ["2017-09-16"], "Tipo": ["siege"], "lat_dd": ["35.3"], "lon_dd": ["40.1"]}
    ... )
    >>> guess_columns(table, {})
    {'latitude': 'lat_dd', 'longitude': 'lon_dd', 'start': 'Fecha', 'event_type': 'Tipo'}
    """
    guessed, doubts = _guess(frame, given)
    for ours in _ASKED:
        if ours in doubts:
            listed = " or ".join(repr(name) for name in doubts[ours])
            raise GeoeventsError(
                f"{ours} can be the column {listed}: say which, "
                f"columns={{{ours!r}: {doubts[ours][0]!r}}}"
            )
    return guessed


def doubts(frame: pd.DataFrame, given: Mapping[str, str]) -> dict[str, list[str]]:
    """
    Find what several columns of a table say equally well, so that none is taken.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    given : mapping of str to str
        What the user has said, as for `guess_columns`.

    Returns
    -------
    dict of str to list of str
        For a column of the schema, the table's columns that it may be.

    Examples
    --------
    >>> doubts(pd.DataFrame({"notes": ["a"], "comments": ["b"]}), {})
    {'quote': ['notes', 'comments']}
    """
    return _guess(frame, given)[1]


def _guess(
    frame: pd.DataFrame, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Give the guesses, and what is in doubt."""
    skipped = {*given.values(), *frame.columns[frame.columns.duplicated()]}
    labels: list[Any] = [name for name in frame.columns if name not in skipped]
    columns = {name: folded(name) for name in labels if isinstance(name, str)}
    exact = {name for name in columns if _schema_name(name) in _SCHEMA}
    have = {_schema_name(name) for name in exact} | set(given)
    free = {name: key for name, key in columns.items() if name not in exact}
    sought = [ours for ours in _RANKS if ours not in have]
    if "event_type" in have and "event_type" not in given:
        sought = [ours for ours in sought if ours in _OURS_LACKS]
    if _located(frame, free, have):
        sought = [ours for ours in sought if ours not in {"longitude", "latitude"}]
    guessed: dict[str, str] = {}
    doubtful: dict[str, list[str]] = {}
    for ours in sought:
        found = _best(frame, ours, free)
        if len(found) == 1:
            guessed[ours] = found[0]  # no other is called so: names of different columns are apart
        elif found:
            doubtful[ours] = found
    for one, other in (("longitude", "latitude"), ("latitude", "longitude")):
        if one in guessed and other not in {*guessed, *given}:
            del guessed[one]  # half a position is none
    return guessed, doubtful


def _best(frame: pd.DataFrame, ours: str, free: Mapping[str, str]) -> list[str]:
    """Find the columns whose names say it best, and whose cells do not speak against it."""
    veto: Callable[[pd.Series], bool] = vetoes.VETOES[ours]
    for rank in _RANKS[ours]:
        found = [name for name, key in free.items() if key in rank and not veto(frame[name])]
        if found:
            return found
    return []


def _located(frame: pd.DataFrame, free: Mapping[str, str], have: set[str]) -> bool:
    """Whether the table says where in a way that is read without a guess."""
    if "geometry" in have or getattr(frame, "active_geometry_name", None) is not None:
        return True
    lower = {name.strip().lower(): name for name in free}
    for lon, lat in _PAIRS:
        if lon in lower and lat in lower:
            pair = (("longitude", lower[lon]), ("latitude", lower[lat]))
            return not any(vetoes.VETOES[ours](frame[name]) for ours, name in pair)
    return False


def _schema_name(name: str) -> str:
    """Spell a name as the reader of tables does before it looks for the schema's."""
    return name.strip().lower().replace(" ", "_")


def folded(name: Any) -> str:
    """
    Bring the name of a column into the form in which names are compared.

    Parameters
    ----------
    name : object
        The name.

    Returns
    -------
    str
        In lower case, without accents, brackets and what is in them; words joined by ``_``.

    Examples
    --------
    >>> folded("Event Date (UTC)"), folded("_gps-latitude"), folded("Número")
    ('event_date', 'gps_latitude', 'numero')
    """
    text = re.sub(r"[(\[{].*?[)\]}]", " ", str(name)[:200])
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold()
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    return re.sub(r"[\W_]+", "_", plain).strip("_")


_RANKS = {
    ours: tuple(frozenset(folded(word) for word in rank.split()) for rank in names.split("|"))
    for ours, names in _NAMES.items()
}
