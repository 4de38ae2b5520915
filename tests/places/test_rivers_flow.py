"""Which way the embedded rivers flow: their ends against where they are known to be.

The coordinates (lat, lon) were written down from general geography, before looking at the lines;
`within` is how far off an end may be, in km: 40 unless there is a reason.
"""

import re

import pytest
import shapely
from pyproj import Geod

from geoevents.localities.shapes.courses import course
from geoevents.places import Gazetteer, flow
from geoevents.places.flow import DOUBTS, doubts

GEOD = Geod(ellps="WGS84")

# id; source; mouth; how far off either may be, in km, where not 40
KNOWN = """\
euphrates; 40.1 41.4; 31.0 47.44; 60  # the Karasu above Erzurum; Al-Qurnah
tigris; 38.45 39.35; 31.0 47.44  # Lake Hazar; Al-Qurnah
shatt-al-arab; 31.0 47.44; 29.95 48.58  # Al-Qurnah; Ras al-Bisha
murat; 39.4 43.6; 38.8 38.8; 60  # Diyadin; Keban
jordan; 33.5 35.8; 31.77 35.55  # the Hasbani; the Dead Sea
karkheh; 34.2 48.6; 31.0 47.5; 80  # Nahavand; the marshes by Al-Qurnah
aras; 40.7 43.5; 40.02 48.45; 60  # by the Akhurian; Sabirabad
kura; 40.7 42.8; 39.33 49.4  # Ardahan; Neftçala
kizilirmak; 39.85 37.9; 41.73 35.95; 50  # Kızıldağ; Bafra
harirud; 34.6 66.6; 38.0 60.2; 60  # Bamyan; the oasis of Tejen
helmand; 34.6 68.6; 31.2 61.5; 60  # Paghman; Sistan
amu-darya; 37.1 68.3; 44.1 59.5; 120  # Panj and Vakhsh; the old Aral Sea
syr-darya; 40.9 71.75; 46.1 60.8; 140  # the valley of Fergana; the Aral Sea
indus; 31.2 81.6; 24.0 67.5; 70  # Kailash; Thatta
sutlej; 30.7 81.4; 29.35 71.05; 60  # Rakshastal; Panjnad
chenab; 32.6 77.2; 29.05 70.7; 60  # Chandra and Bhaga; Mithankot
jhelum; 33.5 75.25; 31.17 72.15  # Verinag; Trimmu
dnipro; 55.9 33.7; 46.5 32.3; 50  # Valdai; the liman of Dnipro
donets; 51.0 36.9; 47.6 40.9  # north of Belgorod; Ust-Donetsky
desna; 54.4 33.9; 50.55 30.55  # Spas-Demensk; above Kyiv
seym; 51.1 37.1; 51.45 32.6  # Skorodnoye; Baturyn
southern-bug; 49.65 26.4; 46.95 31.95; 60  # Kholodets; Mykolaiv
dniester; 49.2 22.9; 46.1 30.47  # Turka; Bilhorod
prut; 48.15 24.5; 45.47 28.2  # Hoverla; Galați
tisza; 47.95 24.2; 45.14 20.28; 60  # Rakhiv; Slankamen
don; 54.0 38.3; 47.1 39.3  # Novomoskovsk; Azov
volga; 57.25 32.5; 46.0 48.6; 70  # Volgoverkhovye; the Caspian below Astrakhan
oka; 52.4 36.2; 56.33 43.99  # south of Oryol; Nizhny Novgorod
kama; 58.2 53.7; 55.2 49.3; 60  # Kuliga; the Volga below Kazan
belaya; 54.3 58.8; 55.9 53.55; 100  # Iremel; the Kama at Derbeshka
neva; 59.95 31.04; 59.93 30.2  # Shlisselburg; St Petersburg
svir; 61.0 35.4; 60.5 32.8  # Lake Onega; Lake Ladoga
msta; 57.55 34.5; 58.4 31.4; 60  # Lake Mstino; Lake Ilmen
daugava=western-dvina; 56.85 32.5; 57.05 24.0  # Valdai; Riga
ob; 52.43 85.0; 66.6 69.3; 60  # Biysk; Salekhard
irtysh; 47.7 90.0; 61.1 68.8  # the Altai; Khanty-Mansiysk
angara; 51.87 104.83; 58.1 92.98  # Baikal; Strelka
bolshoy-yenisey; 52.5 98.6; 51.72 94.4; 70  # Todzha; Kyzyl
kolyma; 61.9 147.6; 69.5 161.4; 140  # Kulu and Ayan-Yuryakh; the Arctic Ocean
indigirka; 62.6 145.0; 71.4 150.3; 60  # Khastakh; the Arctic Ocean
lena; 54.0 107.9; 72.4 126.6  # by Baikal; the head of the delta
khatanga; 71.97 102.4; 73.2 106.3; 80  # Kheta and Kotuy; the bay
danube; 47.95 8.5; 45.2 29.7  # Donaueschingen; Sulina
rhine; 46.63 8.67; 51.85 4.05; 40  # Tomasee; Haringvliet
drava; 46.73 12.25; 45.55 18.93  # Toblach; below Osijek
vistula; 49.6 18.95; 54.36 18.95  # Barania Góra; Mikoszewo
elbe; 50.78 15.54; 53.54 9.9  # Riesengebirge; Hamburg, above the estuary
po; 44.7 7.09; 44.95 12.5  # Monviso; the delta
rhone; 46.57 8.38; 43.4 4.6; 40  # Furka; the Camargue
ebro; 43.04 -4.4; 40.72 0.87  # Fontibre; Deltebre
nile; 0.42 33.2; 31.46 30.37  # Jinja; Rosetta
white-nile; 3.6 32.05; 15.63 32.5  # Nimule; Khartoum
blue-nile; 11.0 37.2; 15.63 32.5; 50  # Gish Abay; Khartoum
victoria-nile; 0.42 33.2; 2.25 31.37  # Jinja; Lake Albert
atbara; 14.6 35.9; 17.68 33.97; 60  # Tekezé; Atbara
sobat; 7.9 33.0; 9.37 31.55  # Pibor and Akobo; Malakal
omo; 9.0 37.0; 4.5 36.05; 60  # Shewa; Lake Turkana
awash; 9.0 38.2; 11.15 41.8  # Ginchi; Lake Abbe
shabelle; 6.9 38.8; 0.8 43.2; 60  # Bale; above the Jubba
jubba; 4.17 42.05; -0.25 42.63  # Dolo; Kismayo
congo; 0.5 25.2; -6.0 12.5; 120  # Kisangani; Banana
ubangi; 4.13 22.43; -0.5 17.7  # Yakoma; Liranga
uele; 2.6 30.5; 4.13 22.43; 60  # Watsa; Yakoma
mbomou; 5.1 27.35; 4.13 22.43  # the border of South Sudan; Yakoma
lukuga; -5.92 29.2; -5.66 26.92  # Kalemie; the Lualaba
niger; 9.1 -10.7; 4.7 6.0; 90  # the border of Guinea and Sierra Leone; the delta
benue; 7.7 13.5; 7.75 6.77; 50  # Ngaoundéré; Lokoja
senegal; 13.82 -10.83; 15.95 -16.5; 40  # Bafoulabé; below Saint-Louis
zambezi; -11.37 24.3; -18.8 36.2; 40  # Kalene; Chinde
limpopo; -24.2 26.9; -25.2 33.5; 110  # Marico and Crocodile; Xai-Xai
orange; -28.95 29.0; -28.63 16.45  # Lesotho; Oranjemund
ganges; 30.9 79.1; 23.0 90.5; 100  # Gangotri; the delta
yamuna; 31.0 78.45; 25.42 81.88  # Yamunotri; Prayagraj
brahmaputra; 30.4 82.2; 23.5 90.3; 60  # Chemayungdung; the Padma
irrawaddy; 25.7 97.5; 16.0 95.0; 60  # Myit-son; the delta
salween; 32.2 91.5; 16.5 97.6; 60  # Tanggula; Mawlamyine
mekong; 33.2 94.0; 10.0 106.4; 60  # Qinghai; the delta
yellow; 35.0 96.0; 37.75 119.1; 60  # Bayan Har; Dongying
amur; 53.33 121.48; 52.95 141.1; 40  # Shilka and Argun; Nikolayevsk
tumen; 41.98 128.2; 42.3 130.7  # Paektu; the Sea of Japan
murray; -36.8 148.2; -35.5 139.0; 40  # the Alps; Lake Alexandrina
mississippi; 47.24 -95.2; 29.0 -89.3  # Itasca; the delta
missouri; 45.93 -111.5; 38.8 -90.12; 60  # Three Forks; St Louis
rio-grande; 37.75 -107.5; 25.95 -97.15  # the San Juans; Brownsville
copper; 62.2 -143.8; 60.5 -144.8; 50  # the Wrangells; Cordova
st-clair; 43.0 -82.42; 42.57 -82.55  # Lake Huron; Lake St Clair
orinoco; 2.3 -63.3; 8.9 -61.0; 60  # Parima; the delta
casiquiare; 3.13 -65.85; 2.0 -67.12  # leaves the Orinoco; enters the Negro
sao-francisco; -20.3 -46.5; -10.5 -36.4  # Canastra; the Atlantic
magdalena; 1.93 -76.6; 11.1 -74.85  # the Massif; Barranquilla
moctezuma; 19.7 -99.4; 21.98 -98.56; 40  # above Tula; the Pánuco
apure; 7.8 -72.2; 7.63 -66.4; 40  # the Uribante; the Orinoco
wdb:river:khabur-sy; 36.84 40.07; 35.14 40.43  # Ras al-Ayn; al-Busayrah
wdb:river:great-zab; 38.0 44.0; 36.0 43.35; 70  # Albayrak; below Mosul
wdb:river:orontes; 34.2 36.35; 36.05 35.96  # Labweh; Samandağ
wdb:river:litani; 34.0 36.1; 33.34 35.25  # Baalbek; Qasmiyeh
wdb:river:karun; 32.3 50.1; 30.43 48.17; 40  # Zard Kuh; Khorramshahr
wdb:river:diyala; 35.1 46.0; 33.22 44.5; 40  # Halabja; below Baghdad
wdb:river:kabul; 34.4 68.7; 33.9 72.23; 40  # Maidan; Attock
traced:river:balikh; 36.68 38.95; 35.92 39.07  # Ayn al-Arus; below Raqqa
""".splitlines()

TALKATIVE = re.compile(r"\s*#.*")


def ends(identifier: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return source and mouth of a river's main course, as (lat, lon)."""
    (line,) = Gazetteer.default().features([identifier]).geometry
    main = course(line)
    return (main.source.y, main.source.x), (main.mouth.y, main.mouth.x)


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance."""
    return GEOD.inv(a[1], a[0], b[1], b[0])[2] / 1e3


@pytest.mark.parametrize("line", KNOWN, ids=[row.split(";")[0] for row in KNOWN])
def test_rises_and_ends_where_it_is_known_to(line: str) -> None:
    """And so flows from the one to the other."""
    name, *given = TALKATIVE.sub("", line).split(";")
    name = name.rpartition("=")[2]
    rises, falls = ((float(a), float(b)) for a, b in (pair.split() for pair in given[:2]))
    within = float(given[2]) if len(given) > 2 else 40.0
    source, mouth = ends(name if ":" in name else f"ne:river:{name}")
    assert km(source, rises) < within, f"rises at {source}"
    assert km(mouth, falls) < within, f"ends at {mouth}"


# A tributary ends on its main river.
JOINS = """\
tigris > shatt-al-arab; murat > euphrates; wdb:river:khabur-sy > euphrates; donets > don
wdb:river:great-zab > tigris; wdb:river:little-zab > tigris; wdb:river:diyala > tigris
pripyat > dnipro; desna > dnipro; seym > desna; wdb:river:oskil > donets; prut > danube
sava > danube; drava > danube; mur > drava; tisza > danube; drina > sava; inn > danube
main > rhine; moselle > rhine; marne > seine; tarn > garonne; ticino > po; vltava > elbe
oka > volga; kama > volga; belaya > kama; irtysh > ob; tobol > irtysh; aldan > lena
angara > yenisei; lower-tunguska > yenisei; argun > amur; songhua > amur; ussuri > amur
blue-nile > white-nile; atbara > nile; sobat > white-nile; uele > ubangi; mbomou > ubangi
kasai > congo; ubangi > congo; benue > niger; ouham > chari; shire > zambezi; vaal > orange
yamuna > ganges; chenab > indus; sutlej > chenab; chindwin > irrawaddy; wei > yellow
jialing > yangtze; liu > quan-24n110e; darling > murray; missouri > mississippi
ohio > mississippi; platte > missouri; madeira > amazon; negro-0n65w > amazon; apure > orinoco
meta > orinoco; teles-pires > juruena; paraguay > parana; black > white-36n92w
"""


@pytest.mark.parametrize("pair", re.split(r"[;\n] *", JOINS.strip()))
def test_a_tributary_ends_on_its_main_river(pair: str) -> None:
    """Its mouth lies on the other's line, which goes on from there; the spring lies elsewhere."""
    small, main = (
        name if ":" in name else f"ne:river:{name}" for name in map(str.strip, pair.split(">"))
    )
    (line,) = Gazetteer.default().features([main]).geometry
    source, mouth = ends(small)
    spot = course(line).spot
    assert spot(shapely.Point(mouth[::-1])).away_m < 12_000
    assert spot(shapely.Point(source[::-1])).away_m > 12_000


def test_doubts_are_of_rivers_that_are_there() -> None:
    """And of the three kinds; the rivers above are sure to flow so."""
    table, _ = flow._read()
    assert Gazetteer.default().features(table)["kind"].eq("river").all()
    assert set().union(*table.values()) == set(DOUBTS)
    for row in KNOWN:
        name = row.split(";")[0].rpartition("=")[2]
        assert "flow" not in doubts(name if ":" in name else f"ne:river:{name}")


def test_ends_that_are_not_drawn_lie_beyond_the_end_of_the_line() -> None:
    """Nearer to that end than to the other, and farther from it than a drawn one would be."""
    doubtful, known = flow._read()
    assert len(known) > 80
    for (identifier, word), end in known.items():
        source, mouth = ends(identifier)
        near, far = (source, mouth) if word == "source" else (mouth, source)
        there = end.lat, end.lon
        assert km(near, there) < km(far, there), f"{word} of {identifier}"
        if "delta" in doubtful[identifier]:
            assert km(near, there) < 1.5 * end.uncertainty_m / 1e3, identifier
        else:
            assert km(near, there) > 10, identifier


def test_lines_of_others_are_doubted() -> None:
    """Nothing says which way they were drawn."""
    assert doubts("user:1") == {"flow"}
