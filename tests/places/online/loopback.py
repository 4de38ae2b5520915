"""A server on loopback that plays Nominatim, Photon and GeoNames, well and badly."""

import gzip
import json
import re
import threading
import time
import zlib
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

#: "busy2 Alpha" is refused twice, then answered; "busy Alpha" is refused always.
FAULT = re.compile(r"([a-z]+)(\d*) ")
RIVER = {"type": "LineString", "coordinates": [[40.0, 35.0], [40.5, 35.5], [41.0, 35.2]]}
PROVINCE = {
    "type": "Polygon",
    "coordinates": [[[40.0, 35.0], [41.0, 35.0], [41.0, 36.0], [40.0, 36.0], [40.0, 35.0]]],
}


@dataclass
class Request:
    name: str
    path: str
    options: dict
    agent: str
    time: float
    answered: bool = False
    fine: bool = False


class Server:
    """Use it in a ``with`` statement."""

    def __init__(self, latency_s=0.0, tls=None):
        #: The server's side of TLS; without it the server speaks plainly.
        self.tls = tls
        self.log = []
        #: What it answers to some names, and what it puts into Retry-After.
        self.texts = {}
        self.retry_after = "7"
        self.latency_s = latency_s
        self.changed = threading.Condition()
        self.closing = threading.Event()

    def __enter__(self):
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.play = self
        if self.tls is not None:
            self.http.socket = self.tls.wrap_socket(self.http.socket, server_side=True)
        self.http.daemon_threads = True
        # As many lines as come at once.
        self.http.request_queue_size = 64
        self.domain = f"127.0.0.1:{self.http.server_address[1]}"
        self.url = f"http{'s' if self.tls else ''}://{self.domain}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.closing.set()
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()

    @property
    def names(self):
        return [request.name for request in self.log]

    def note(self, request):
        with self.changed:
            self.log.append(request)
            self.changed.notify_all()
            return sum(one.name == request.name for one in self.log)

    def wait_for(self, count, seconds=60):
        """Wait until so many requests have come."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.log) >= count, seconds)


def where(name):
    """Where the server says that a place is."""
    number = zlib.crc32(name.encode())
    return 30 + number % 1000 / 100, 30 + number // 1000 % 1000 / 100


def nominatim(name):
    lon, lat = where(name)
    answer = {
        "osm_type": "node", "osm_id": zlib.crc32(name.encode()), "lat": str(lat), "lon": str(lon),
        "display_name": f"{name}, Somewhere", "name": name, "class": "place", "type": "village",
        "addresstype": "village", "address": {"country_code": "sy", "state": "North"},
        "boundingbox": [str(lat - 0.01), str(lat + 0.01), str(lon - 0.01), str(lon + 0.01)],
    }  # fmt: skip
    if "River" in name:
        answer |= {"class": "waterway", "type": "river", "addresstype": "river", "geojson": RIVER}
    if "Province" in name:
        answer |= {"class": "boundary", "addresstype": "state", "geojson": PROVINCE}
    return answer


def photon(name):
    lon, lat = where(name)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "osm_type": "N", "osm_id": 5, "osm_key": "place", "osm_value": "town", "type": "city",
            "name": name, "countrycode": "SY", "state": "North",
            "extent": [lon - 0.01, lat + 0.01, lon + 0.01, lat - 0.01],
        },
    }  # fmt: skip


def geonames(name):
    lon, lat = where(name)
    return {
        "geonameId": 9, "name": name, "toponymName": name, "lat": str(lat), "lng": str(lon),
        "countryCode": "SY", "adminName1": "North", "countryName": "Syria", "fcl": "H",
        "fcode": "WAD",
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Print nothing."""

    def do_GET(self):
        parts = urlsplit(self.path)
        options = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.play = self.server.play
        self.name = options.get("q", "")
        name = self.name
        request = Request(
            name, parts.path, options, self.headers.get("User-Agent", ""), time.monotonic()
        )
        times = self.play.note(request)
        if self.play.latency_s:
            time.sleep(self.play.latency_s)
        fault, text = FAULT.match(name), self.play.texts.get(name)
        try:
            if text is not None:
                self.send(text.encode())
                return
            if fault and (not fault[2] or times <= int(fault[2])):
                getattr(self, f"be_{fault[1]}")()
            else:
                self.answer(parts.path)
                request.fine = True
            request.answered = True
        except OSError:
            pass  # the other side has gone

    def answer(self, path):
        known = not self.name.startswith("Nowhere")
        if path == "/api":
            self.tell({"features": [photon(self.name)] if known else []})
        elif path == "/searchJSON":
            self.tell({"geonames": [geonames(self.name)] if known else []})
        else:
            self.tell([nominatim(self.name)] if known else [])

    def tell(self, value, status=200, **headers):
        self.send(json.dumps(value).encode(), status, **headers)

    def send(self, body, status=200, kind="application/json; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if "length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header("Content-Length" if key == "length" else key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    # -------------------------------------------------------------- badly

    def be_slow(self):
        self.play.closing.wait(30)

    def be_drip(self):
        self.send(b"[", length="1000")
        while not self.play.closing.wait(0.05):
            self.wfile.write(b" ")

    def be_drophead(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.play.closing.wait(0.05):
            self.wfile.write(b"x")

    def be_busy(self):
        self.tell({"error": "too many"}, 429, Retry_After=self.play.retry_after)

    def be_busynow(self):
        self.tell({"error": "too many"}, 429, Retry_After="0")

    def be_busydate(self):
        # The server's clock is a day ahead: what counts is the time between its two dates.
        ahead = time.time() + 86_400
        self.send_response_only(429)
        self.send_header("Date", formatdate(ahead, usegmt=True))
        self.send_header("Retry-After", formatdate(ahead + 90, usegmt=True))
        self.end_headers()

    def be_down(self):
        self.tell({}, 503, Retry_After="11")

    def be_later(self):
        self.tell({}, 503, Retry_After=self.play.retry_after)

    def be_error(self):
        self.tell({}, 500)

    def be_bandwidth(self):
        self.tell({}, 509)

    def be_forbidden(self):
        self.send(b"<html>go away", 403, "text/html")

    def be_bad(self):
        self.tell({"error": "no"}, 400)

    def be_cut(self):
        self.send(b'[{"lat": "1', length="500")

    def be_gone(self):
        self.close_connection = True

    def be_html(self):
        self.send(b"<!doctype html><title>Down for repairs</title>", kind="text/html")

    def be_json(self):
        self.send(b'[{"lat": "1", "lon" "2"}]')

    def be_nan(self):
        self.send(b'[{"lat": NaN, "lon": 2, "display_name": "x"}]')

    def be_empty(self):
        self.send(b"")

    def be_latin(self):
        body = json.dumps([nominatim("Köln")], ensure_ascii=False).encode("latin-1")
        self.send(body, kind="application/json; charset=iso-8859-1")

    def be_liar(self):
        body = json.dumps([nominatim("Köln")], ensure_ascii=False).encode()
        self.send(body, kind="application/json; charset=no-such-thing")

    def be_bytes(self):
        self.send(b'[{"display_name": "\xff\xfe\xfd"}]')

    def be_huge(self):
        self.send(b"[" + b" " * 17 * 2**20 + b"]")

    def be_endless(self):
        self.send_response(200)
        self.end_headers()
        piece = b" " * 2**20
        for _ in range(200):
            self.wfile.write(piece)

    def be_zip(self):
        self.send(
            gzip.compress(json.dumps([nominatim(self.name)]).encode()), Content_Encoding="gzip"
        )

    def be_bomb(self):
        self.send(gzip.compress(bytes(50 * 2**20), 1), Content_Encoding="gzip")

    def be_deep(self):
        self.send(b"[" * 100_000 + b"]" * 100_000)

    def be_deepshape(self):
        shape = '{"type": "GeometryCollection", "geometries": [' * 300 + "]}" * 300
        body = json.dumps([nominatim(self.name) | {"geojson": 0}])
        self.send(body.replace('"geojson": 0', f'"geojson": {shape}').encode())

    def be_types(self):
        self.tell([{"lat": [1], "lon": {"a": 2}, "display_name": 5}])

    def be_null(self):
        self.tell([{"lat": None, "lon": None, "display_name": None}])

    def be_words(self):
        self.tell([nominatim(self.name) | {"lat": "north", "lon": "east"}])

    def be_list(self):
        self.tell([[1, 2, 3]])

    def be_number(self):
        self.tell(5)

    def be_off(self):
        self.tell([nominatim(self.name) | {"lon": "999"}])

    def be_infinite(self):
        self.send(b'[{"lat": 1e999, "lon": 2, "display_name": "x"}]')

    def be_odd(self):
        """Odd in everything but where it is."""
        self.tell(
            [
                nominatim(self.name)
                | {"name": {"a": 1}, "address": [1], "boundingbox": "x", "osm_id": None,
                   "osm_type": 5, "addresstype": ["river"], "geojson": {"type": "Polygon",
                   "coordinates": [[[0, 0], [1, "a"]]]}}
            ]
        )  # fmt: skip

    def be_file(self):
        self.send(b"", 302, Location="file:///etc/passwd")

    def be_elsewhere(self):
        self.send(b"", 302, Location=f"http://localhost:{self.play.http.server_address[1]}/search")

    def be_loop(self):
        self.send(b"", 301, Location=self.path)
