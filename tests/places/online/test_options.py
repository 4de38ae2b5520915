import pytest
from geopy.geocoders import Nominatim

from geoevents.errors import GeoeventsError
from geoevents.places.online import Online, ask
from geoevents.places.online.geocoders import services_of
from geoevents.places.online.options import checked_agent

AGENT = "Syria Watch/2.1 (desk@syriawatch.net)"


@pytest.mark.parametrize(
    "agent",
    [
        "", "   ", "x", "my-application", "my_app/1", "my_user_agent/1.0", "test", "Test/1.0",
        "specify_your_app_name_here", "geopy/2.4.1", "geoapiExercises", "example", "MyApp",
        "geoevents", "python-requests/2.31", "Python-urllib/3.11", "Mozilla/5.0 (X11; Linux)",
        "curl/8.0", "geolocator", "my geocoder", "your project, your@address", "NAME <ADDRESS>",
        "my project, me@example.org", "Desk, desk@mail.example.com", "user_agent", "12345",
        "foo bar", "a\nb: c@d.net", "Бюро, desk@syriawatch.net", 5, "y" * 300,
    ],
)  # fmt: skip
def test_whoever_does_not_say_who_asks_is_told_what_to_write(agent):
    with pytest.raises(GeoeventsError, match="name of your project and an e-mail"):
        checked_agent(agent)


@pytest.mark.parametrize(
    "agent",
    [AGENT, "conflict-desk https://desk.press", "Test Valley Council maps@testvalley.uk",
     "Application of the Observatory, +44 20 7946 0000", "geo-monitor.org"],
)  # fmt: skip
def test_a_real_one_is_taken(agent):
    assert checked_agent(f" {agent}") == agent


def test_it_comes_from_the_options_or_the_environment(monkeypatch):
    with pytest.raises(GeoeventsError, match=r"there is no user_agent.*GEOEVENTS_USER_AGENT"):
        ask("nominatim", ["a"])
    monkeypatch.setenv("GEOEVENTS_USER_AGENT", AGENT)
    (service,) = services_of(Online("Nominatim"))
    assert service.host == "nominatim.openstreetmap.org"
    assert Online("photon", user_agent="Other, o@others.net").agent() == "Other, o@others.net"


@pytest.mark.parametrize("domain", ["nominatim.openstreetmap.org/", "NOMINATIM.openstreetmap.org"])
def test_the_users_own_geocoder_of_a_public_server_must_say_too(domain):
    with pytest.raises(GeoeventsError, match="'example' does not say who asks"):
        services_of(Online(Nominatim(user_agent="example", domain=domain)))


def test_geonames_wants_an_account(monkeypatch):
    monkeypatch.setenv("GEOEVENTS_USER_AGENT", AGENT)
    with pytest.raises(GeoeventsError, match="GEOEVENTS_GEONAMES_USERNAME"):
        services_of(Online("geonames"))
    monkeypatch.setenv("GEOEVENTS_GEONAMES_USERNAME", "desk")
    (service,) = services_of(Online("geonames"))
    assert service.host == "secure.geonames.org"
    assert "https://" in service.base


@pytest.mark.parametrize(
    ("services", "words"),
    [
        ("google", "'google' is not known by name: nominatim, photon, geonames"),
        (5, "int has no method geocode"),
        (["photon", 5], "int has no method geocode"),
        (Nominatim, "type has no method geocode"),
        ([], "holds no geocoder"),
        ({}, "holds no geocoder"),
        ({" ": print}, "empty name"),
        (b"photon", "bytes has no method geocode"),
    ],
)
def test_what_is_no_geocoder(services, words):
    with pytest.raises(GeoeventsError, match=words):
        services_of(Online(services, user_agent=AGENT))


@pytest.mark.parametrize("server", ["localhost:80", "ftp://a.net", "file:///etc/passwd", ""])
def test_an_address_must_be_one(server):
    with pytest.raises(GeoeventsError, match="must be an address"):
        services_of(Online("nominatim", user_agent=AGENT, server=server))
    with pytest.raises(GeoeventsError, match="one service that is given by name"):
        services_of(Online(["nominatim", "photon"], user_agent=AGENT, server="http://a.net"))


def test_a_server_below_a_path():
    (service,) = services_of(
        Online("nominatim", user_agent=AGENT, server="http://a.net:81/geo/", delay_s=0.1)
    )
    assert (service.host, service.delay_s) == ("a.net:81", 0.1)
    assert service.base.endswith(" http://a.net:81/geo/search")


@pytest.mark.parametrize(
    "option",
    [{"delay_s": -1}, {"time_limit_s": float("nan")}, {"retries": "2"}, {"timeout_s": 0},
     {"keep_days": True}, {"failures": 0}, {"cache": 3}, {"cache": ""}, {"progress": 5}],
)  # fmt: skip
def test_options_must_be_what_they_are(option):
    with pytest.raises(GeoeventsError, match=next(iter(option))):
        Online("nominatim", **option)


def test_two_services_or_servers_never_share_an_answer():
    from geoevents.places.online.wanted import Wanted  # noqa: PLC0415

    def key(services, wanted=None, **options):
        (service,) = services_of(Online(services, user_agent=AGENT, **options))
        return service.key("raqqa", wanted or Wanted())

    keys = [
        key("nominatim"),
        key("photon"),
        key("nominatim", server="http://a.net"),
        key("nominatim", server="http://a.net:81"),
        key("nominatim", language="ar"),
        key("nominatim", Wanted(countries=("SY",))),
        key("nominatim", Wanted(near=(40, 35))),
        key({"nominatim": print}),
        key({"other": print}),
    ]
    assert len(set(keys)) == len(keys)
    assert key(print) is None
    assert key("nominatim", delay_s=5, timeout_s=3) == keys[0]
