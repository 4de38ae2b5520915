"""A file server on loopback, well-behaved unless told otherwise; read with ``runpy``."""

import hashlib
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Fault:
    """How one answer goes wrong."""

    cut_after: int | None = None  # the connection ends after so many bytes of the body
    status: int | None = None  # this, without the file
    headers: dict = field(default_factory=dict)
    ranges: bool = True  # whether Range is understood
    length: int | None = None  # what Content-Length says
    no_length: bool = False
    to: str | None = None  # where it leads on to
    wait: threading.Event | None = None  # holds back what comes after `cut_after` until it is set
    validators: bool = True
    shift: int = 0  # how far the rest that is sent is from the rest asked for


@dataclass
class Request:
    path: str
    headers: dict
    status: int = 0
    sent: int = 0  # bytes of the body


class Server:
    """Files by path, and what to do wrong in the next answers."""

    def __init__(self):
        self.files = {}
        self.faults = {}
        self.log = []
        self.arrived = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                outer.answer(self)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def etag(self, path):
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:16]}"'

    def sent(self):
        return sum(request.sent for request in self.log)

    def answer(self, handler):
        path = handler.path
        request = Request(path, dict(handler.headers))
        with self.arrived:
            self.log.append(request)
            waiting = self.faults.get(path, [])
            fault = waiting.pop(0) if waiting else Fault()
        if path not in self.files or fault.status is not None or fault.to is not None:
            self.refuse(handler, request, fault)
        elif fault.validators and request.headers.get("If-None-Match") == self.etag(path):
            request.status = 304
            handler.send_response(304)
            handler.end_headers()
        else:
            self.give(handler, request, fault)

    def refuse(self, handler, request, fault):
        request.status = fault.status or (302 if fault.to else 404)
        handler.send_response(request.status)
        for name, value in fault.headers.items():
            handler.send_header(name, value)
        if fault.to:
            handler.send_header("Location", fault.to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def give(self, handler, request, fault):
        body, tag = self.files[request.path], self.etag(request.path)
        start, request.status = 0, 200
        asked = request.headers.get("Range")
        if asked and fault.ranges and request.headers.get("If-Range", tag) == tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                self.refuse(handler, request, Fault(status=416))
                return
            start += fault.shift
            request.status = 206
        rest = body[start:]
        headers = {"ETag": tag} if fault.validators else {}
        if request.status == 206:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        if fault.no_length:
            headers["Connection"] = "close"
            handler.close_connection = True
        else:
            headers["Content-Length"] = str(fault.length or len(rest))
        handler.send_response(request.status)
        for name, value in {**headers, **fault.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        piece = rest if fault.cut_after is None else rest[: fault.cut_after]
        self.send(handler, request, piece)
        if fault.wait is not None:
            fault.wait.wait(30)
            self.send(handler, request, rest[len(piece) :])
        elif fault.cut_after is not None or fault.length:
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)

    def send(self, handler, request, piece):
        try:
            handler.wfile.write(piece)
            handler.wfile.flush()
        except OSError:  # the reader has gone
            handler.close_connection = True
            return
        with self.arrived:
            request.sent += len(piece)
            self.arrived.notify_all()


@contextmanager
def serving():
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        thread.join()
