"""Asking through TLS: who answers is checked, and the time is over there too."""

import shutil
import ssl
import subprocess

import pytest
from geopy.geocoders import Nominatim
from loopback import Server

from geoevents.places.online import Online, ask

AGENT = "Tests of geoevents, tests@geoevents.net"
QUICK = {"delay_s": 0, "backoff_s": 0, "retries": 0}

OPENSSL = shutil.which("openssl")

pytestmark = pytest.mark.skipif(
    OPENSSL is None, reason="makes a certificate with the program openssl"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine alone, signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", path.with_suffix(".crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    return path.with_suffix(".crt"), path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with Server(tls=context) as running:
        yield running


def trusting(server, certificate, **options):
    context = ssl.create_default_context(cafile=certificate[0])
    own = Nominatim(domain=server.domain, user_agent=AGENT, ssl_context=context)
    return Online(own, **(QUICK | options))


def test_an_answer_comes_through(secure, certificate):
    (place,), report = ask(trusting(secure, certificate), ["Alpha"])
    assert place.name == "Alpha"
    assert report.failed == {}
    assert secure.names == ["Alpha"]


def test_a_stranger_s_certificate_is_refused_before_a_name_is_sent(secure):
    for one in (
        Online(Nominatim(domain=secure.domain, user_agent=AGENT), **QUICK),
        Online("nominatim", server=secure.url, user_agent=AGENT, **QUICK),
    ):
        _, report = ask(one, ["Alpha"])
        assert "certificate verify failed" in report.missing["Alpha"]
    assert secure.log == []


@pytest.mark.parametrize("fault", ["slow", "drip", "drophead"])
def test_the_timeout_is_for_the_whole_answer(secure, certificate, fault):
    _, report = ask(trusting(secure, certificate, timeout_s=0.15), [f"{fault} Alpha"])
    assert "within 0.15 s" in report.missing[f"{fault} Alpha"]


def test_limits_hold(secure, certificate):
    places, report = ask(trusting(secure, certificate), ["endless Alpha", "cut Beta", "Gamma"])
    assert [bool(place) for place in places] == [False, False, True]
    assert "larger than 16 MB" in report.missing["endless Alpha"]
    assert "broke off" in report.missing["cut Beta"]
