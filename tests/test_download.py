"""Downloads are whole or not at all, and take up where they were cut; by a server on loopback."""

import hashlib
import json
import runpy
import signal
import socket
import ssl
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from geoevents import download as module
from geoevents.download import Download, download, download_if_changed
from geoevents.errors import GeoeventsError
from geoevents.locks import alone

SERVING = runpy.run_path(str(Path(__file__).with_name("serving.py")))
Fault = SERVING["Fault"]
BODY = hashlib.sha256(b"a").digest() * 40_000  # 1,280,000 bytes
SHA256 = hashlib.sha256(BODY).hexdigest()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with SERVING["serving"]() as server:
        server.files["/a.zip"] = BODY
        yield server


@pytest.fixture
def pauses(monkeypatch):
    """No waiting, but a list of how long it would have been."""
    taken = []
    monkeypatch.setattr(module, "_pause", taken.append)
    return taken


def test_a_file_comes_whole_with_its_hash_and_versions(server, tmp_path):
    told = []
    got = download(
        f"{server.url}/a.zip", tmp_path / "a.zip", sha256=SHA256.upper(),
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert got == Download(
        tmp_path / "a.zip", f"{server.url}/a.zip", len(BODY), SHA256, server.etag("/a.zip"), None
    )
    assert (tmp_path / "a.zip").read_bytes() == BODY
    assert names(tmp_path) == ["a.zip"]
    assert told[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert server.log[0].headers["User-Agent"].startswith("geoevents/")


def test_cuts_are_gone_on_from_where_they_were(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000), Fault(cut_after=300_000)]
    got = download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert got.sha256 == SHA256
    assert [request.status for request in server.log] == [200, 206, 206]
    assert server.sent() == len(BODY)  # not a byte twice
    assert [request.headers.get("Range") for request in server.log] == [
        None, "bytes=500000-", "bytes=800000-",
    ]  # fmt: skip
    assert len(pauses) == 2
    assert names(tmp_path) == ["a.zip"]


def test_what_never_ends_is_given_up_and_gone_on_with_another_time(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000), *[Fault(cut_after=0)] * 4]
    with pytest.raises(GeoeventsError, match=r"5 times in a row. What has come is kept"):
        download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
    assert (tmp_path / "a.zip.part").stat().st_size == 500_000
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2 * pauses[0]  # longer and longer
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip").sha256 == SHA256
    assert server.sent() == len(BODY)
    assert names(tmp_path) == ["a.zip"]


def test_a_drop_at_a_time_is_not_for_ever(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=1)] * 1000
    with pytest.raises(GeoeventsError, match="the connection"):
        download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert len(server.log) == module._MOST_ATTEMPTS


def test_without_ranges_it_begins_again(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000, ranges=False), Fault(ranges=False)]
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip").sha256 == SHA256
    assert [request.status for request in server.log] == [200, 200]
    assert server.sent() == 500_000 + len(BODY)


def test_without_versions_nothing_is_pieced_together(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000, validators=False), Fault(validators=False)]
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip").sha256 == SHA256
    assert "Range" not in server.log[1].headers
    server.faults["/a.zip"] = [Fault(cut_after=9, validators=False)] * 5
    with pytest.raises(GeoeventsError, match="in a row"):
        download(f"{server.url}/a.zip", tmp_path / "b.zip")
    assert names(tmp_path) == ["a.zip"]  # no part that nothing could go on with


def test_a_file_that_changes_between_pieces_begins_again(server, tmp_path, monkeypatch):
    new = BODY[::-1]

    monkeypatch.setattr(module, "_pause", lambda _: server.files.update({"/a.zip": new}))
    server.faults["/a.zip"] = [Fault(cut_after=500_000)]
    got = download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert got.path.read_bytes() == new
    assert server.log[1].status == 200  # the server saw by If-Range that it is another


@pytest.mark.parametrize(
    "fault",
    [
        Fault(headers={"ETag": '"another"'}, validators=False),  # If-Range not understood
        Fault(shift=7),
        Fault(shift=-7),
        Fault(status=416),
        Fault(headers={"Content-Range": "nonsense"}),
    ],
    ids=["another version", "too far on", "too far back", "no such range", "nonsense"],
)
def test_a_rest_that_does_not_fit_is_not_used(server, tmp_path, pauses, fault):
    server.faults["/a.zip"] = [Fault(cut_after=500_000), fault]
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip").sha256 == SHA256


def test_a_part_of_another_file_is_not_gone_on_with(server, tmp_path, pauses):
    server.files["/b.zip"] = b"b" * 1000
    server.faults["/b.zip"] = [Fault(cut_after=500), *[Fault(cut_after=0)] * 4]
    with pytest.raises(GeoeventsError):
        download(f"{server.url}/b.zip", tmp_path / "x")
    assert download(f"{server.url}/a.zip", tmp_path / "x").sha256 == SHA256


@pytest.mark.parametrize("note", ["", "[]", '{"url": 1}', "{", '{"url": "URL", "length": "x"}'])
def test_a_broken_note_is_as_good_as_none(server, tmp_path, note):
    url = f"{server.url}/a.zip"
    (tmp_path / "a.zip.part").write_bytes(b"garbage")
    note = note.replace("URL", url).replace('"x"}', '"x", "etag": "\\"a\\""}')
    (tmp_path / "a.zip.part.json").write_text(note, encoding="utf-8")
    assert download(url, tmp_path / "a.zip").sha256 == SHA256
    assert "Range" not in server.log[0].headers


def test_resuming_can_be_refused(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000), *[Fault(cut_after=0)] * 4]
    with pytest.raises(GeoeventsError):
        download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip", resume=False).sha256 == SHA256
    assert server.log[-1].sent == len(BODY)


def test_a_killed_download_goes_on_from_its_part(server, tmp_path):
    code = "import sys; from geoevents.download import download; download(*sys.argv[1:])"
    hold = threading.Event()
    server.faults["/a.zip"] = [Fault(cut_after=600_000, wait=hold)]
    arguments = [f"{server.url}/a.zip", str(tmp_path / "a.zip")]
    process = subprocess.Popen([sys.executable, "-c", code, *arguments])
    try:
        part = tmp_path / "a.zip.part"
        with server.arrived:
            assert server.arrived.wait_for(lambda: server.sent() == 600_000, timeout=60)
        # The bytes are in the part once its reader has taken them from the connection.
        ticks = threading.Event()
        for _ in range(600):
            if part.exists() and part.stat().st_size > 300_000:
                break
            ticks.wait(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    finally:
        process.kill()
        hold.set()
    there = part.stat().st_size
    assert 300_000 < there <= 600_000
    assert not (tmp_path / "a.zip").exists()
    assert download(*arguments).sha256 == SHA256
    assert server.log[1].headers["Range"] == f"bytes={there}-"
    assert server.log[1].sent == len(BODY) - there
    assert names(tmp_path) == ["a.zip"]


def test_several_at_once_do_not_corrupt_the_file(server, tmp_path):
    code = (
        "import sys; from geoevents.download import download; print(download(*sys.argv[1:]).sha256)"
    )
    arguments = [sys.executable, "-c", code, f"{server.url}/a.zip", str(tmp_path / "a.zip")]
    hold = threading.Event()
    server.faults["/a.zip"] = [Fault(cut_after=600_000, wait=hold) for _ in range(3)]
    running = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    try:
        with server.arrived:
            assert server.arrived.wait_for(lambda: server.sent() == 3 * 600_000, timeout=60)
    finally:
        hold.set()
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [SHA256] * 3
    assert (tmp_path / "a.zip").read_bytes() == BODY
    assert names(tmp_path) == ["a.zip"]


def test_a_lock_goes_to_one_and_then_to_the_next(tmp_path):
    path, order = tmp_path / "lock", []

    def wait():
        with alone(path, wait_s=30) as ours:
            order.append(("second", ours))

    with alone(path) as ours:
        second = threading.Thread(target=wait)
        second.start()
        order.append(("first", ours))
        with alone(path) as third:
            assert third is False
    second.join()
    assert order == [("first", True), ("second", True)]
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_hash_leaves_nothing(server, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"old")
    with pytest.raises(GeoeventsError, match=f"has the SHA-256 {SHA256}, not 00ff"):
        download(f"{server.url}/a.zip", tmp_path / "a.zip", sha256="00ff")
    assert (tmp_path / "a.zip").read_bytes() == b"old"
    assert names(tmp_path) == ["a.zip"]


@pytest.mark.parametrize("fault", [Fault(), Fault(no_length=True)], ids=["said", "not said"])
def test_a_limit_holds(server, tmp_path, fault):
    server.faults["/a.zip"] = [fault]
    with pytest.raises(GeoeventsError, match="at most 1,000 are taken"):
        download(f"{server.url}/a.zip", tmp_path / "a.zip", limit_bytes=1000)
    assert list(tmp_path.iterdir()) == []
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip", limit_bytes=len(BODY)).bytes == len(
        BODY
    )


def test_a_length_that_is_not_kept_is_a_cut(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(length=len(BODY) + 5, validators=False)] * 5
    with pytest.raises(GeoeventsError, match=r"ended after 1,280,000 of 1,280,005 bytes"):
        download(f"{server.url}/a.zip", tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []
    server.faults["/a.zip"] = [Fault(length=len(BODY) + 5)]
    assert download(f"{server.url}/a.zip", tmp_path / "a.zip").sha256 == SHA256


def test_a_file_without_a_length_is_taken_to_its_end(server, tmp_path):
    server.faults["/a.zip"] = [Fault(no_length=True)]
    told = []
    download(f"{server.url}/a.zip", tmp_path / "a", progress=lambda *t: told.append(t))
    assert told[-1] == (len(BODY), None)
    assert (tmp_path / "a").read_bytes() == BODY


def test_an_empty_file_is_a_file(server, tmp_path):
    server.files["/empty"] = b""
    assert download(f"{server.url}/empty", tmp_path / "e").bytes == 0
    assert (tmp_path / "e").read_bytes() == b""


def test_silence_is_a_cut(server, tmp_path, pauses):
    hold = threading.Event()
    server.faults["/a.zip"] = [Fault(cut_after=600_000, wait=hold)]
    try:
        assert download(f"{server.url}/a.zip", tmp_path / "a", timeout_s=1).sha256 == SHA256
    finally:
        hold.set()
    assert server.log[1].headers["Range"] == "bytes=600000-"
    assert pauses


def test_a_trickle_is_a_cut(monkeypatch, server, tmp_path, pauses):
    clock = iter(range(0, 10_000_000, 20))  # 20 seconds between any two looks
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(module, "PIECE", 8)
    server.files["/slow"] = b"x" * 100
    assert download(f"{server.url}/slow", tmp_path / "a").bytes == 100
    # Two pieces of eight bytes are more than 30 seconds: seven times until 100 bytes are there.
    assert [request.status for request in server.log] == [200, *[206] * 6]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_later(server, tmp_path, pauses, status):
    server.faults["/a.zip"] = [Fault(status=status, headers={"Retry-After": "7"})]
    assert download(f"{server.url}/a.zip", tmp_path / "a").sha256 == SHA256
    assert pauses == [7.0]


def test_not_longer_than_it_is_worth(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(status=503, headers={"Retry-After": "86400"})]
    download(f"{server.url}/a.zip", tmp_path / "a")
    assert pauses == [30.0]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, r"no such file \(404 Not Found\): check the address"),
        (410, "no such file"),
        (403, r"does not give the file \(403 Forbidden\)"),
        (401, "does not give the file"),
        (400, "answered 400"),
        (304, "304 Not Modified"),
    ],
)
def test_refusals_are_told_at_once(server, tmp_path, pauses, status, said):
    server.faults["/a.zip"] = [Fault(status=status)]
    with pytest.raises(GeoeventsError, match=said):
        download(f"{server.url}/a.zip", tmp_path / "a")
    assert pauses == []
    assert list(tmp_path.iterdir()) == []


def test_redirects_lead_on_the_web_only(server, tmp_path, pauses):
    server.faults["/b"] = [Fault(to="/a.zip")]
    got = download(f"{server.url}/b", tmp_path / "a")
    assert (got.sha256, got.url) == (SHA256, f"{server.url}/b")
    secret = tmp_path / "secret"
    secret.write_text("s", encoding="utf-8")
    for to in (secret.as_uri(), "ftp://127.0.0.1/a", "data:,a"):
        server.faults["/b"] = [Fault(to=to)]
        with pytest.raises(GeoeventsError, match=r"which is not followed|answered 302"):
            download(f"{server.url}/b", tmp_path / "b")
    server.faults["/b"] = [Fault(to="/b")] * 50
    with pytest.raises(GeoeventsError, match="answered 302"):
        download(f"{server.url}/b", tmp_path / "b")


def test_https_does_not_lead_to_http():
    redirects = [h for h in module.opener().handlers if "Redirects" in type(h).__name__]
    request = urllib.request.Request("https://example.org/a")
    with pytest.raises(GeoeventsError, match="not followed"):
        redirects[0].redirect_request(request, None, 302, "Found", {}, "http://example.org/a")


@pytest.mark.parametrize(
    "url",
    ["", "a.zip", "/etc/passwd", "file:///etc/passwd", "ftp://a/b", "data:,a", "http://", "https:a",
     "http://a:x/", "http://[a/", "http://a\n/b", "http://a/\x00", "http://u:p@127.0.0.1/a", 3,
     "http://" + "ä" * 200 + "/"],
)  # fmt: skip
def test_what_is_no_address_is_told(tmp_path, url):
    with pytest.raises(GeoeventsError, match=r"web address|user name"):
        download(url, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_any_script_can_be_asked_for(server, tmp_path):
    server.files["/%D8%A7%20b"] = b"there"
    assert download(f"{server.url}/ا b#part", tmp_path / "a").bytes == 5


def unknown(*_, **__):
    raise socket.gaierror(-2, "Name or service not known")


def test_nobody_there(tmp_path, pauses, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/a"
        with pytest.raises(GeoeventsError, match=r"127.0.0.1:\d+ refuses the connection"):
            download(url, tmp_path / "a")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(GeoeventsError, match=r"the host nowhere.invalid is not known"):
        download("http://nowhere.invalid/a", tmp_path / "a")
    assert pauses == []


def test_no_trust_no_file(server, tmp_path, monkeypatch, pauses):
    with pytest.raises(GeoeventsError, match="no secure connection"):  # it speaks plain http
        download(server.url.replace("http:", "https:") + "/a.zip", tmp_path / "a")
    error = ssl.SSLCertVerificationError(1, "verify failed")
    error.verify_message = "self-signed certificate"
    with pytest.raises(GeoeventsError, match=r"cannot be trusted \(self-signed certificate\)"):
        module._unreachable(error, module._Asked("https://a/b", None, None, None, 1.0))


def test_only_what_changed_is_downloaded(server, tmp_path):
    url = f"{server.url}/a.zip"
    first = download(url, tmp_path / "a")
    known = {"etag": first.etag, "modified": first.modified}
    assert download_if_changed(url, tmp_path / "b", **known) is None
    assert [request.status for request in server.log] == [200, 304]
    assert names(tmp_path) == ["a"]
    server.files["/a.zip"] = BODY[::-1]
    again = download_if_changed(url, tmp_path / "b", **known)
    assert again is not None
    assert again.path.read_bytes() == BODY[::-1]
    assert download_if_changed(url, tmp_path / "b", etag=None, modified=None) is not None


def test_a_date_will_do_where_there_is_no_tag(server, tmp_path):
    url, when = f"{server.url}/a.zip", "Wed, 21 Oct 2015 07:28:00 GMT"
    server.faults["/a.zip"] = [Fault(headers={"Last-Modified": when}, validators=False), Fault()]
    got = download(url, tmp_path / "a")
    assert (got.etag, got.modified) == (None, when)
    download_if_changed(url, tmp_path / "a", etag=None, modified=when)
    assert server.log[1].headers["If-Modified-Since"] == when


def test_a_weak_tag_does_not_join_pieces(server, tmp_path, pauses):
    weak = {"ETag": 'W/"a"'}
    server.faults["/a.zip"] = [Fault(cut_after=5, headers=weak, validators=False), Fault()]
    assert download(f"{server.url}/a.zip", tmp_path / "a").sha256 == SHA256
    assert "Range" not in server.log[1].headers


def test_no_place_for_the_file(server, tmp_path):
    with pytest.raises(GeoeventsError, match="there is no folder"):
        download(f"{server.url}/a.zip", tmp_path / "none" / "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(GeoeventsError, match="is a folder"):
        download(f"{server.url}/a.zip", tmp_path / "folder")


def test_the_note_says_which_version(server, tmp_path, pauses):
    server.faults["/a.zip"] = [Fault(cut_after=500_000), *[Fault(cut_after=0)] * 4]
    with pytest.raises(GeoeventsError):
        download(f"{server.url}/a.zip", tmp_path / "a.zip")
    note = json.loads((tmp_path / "a.zip.part.json").read_text("utf-8"))
    assert note == {
        "url": f"{server.url}/a.zip", "etag": server.etag("/a.zip"), "modified": None,
        "length": len(BODY),
    }  # fmt: skip
