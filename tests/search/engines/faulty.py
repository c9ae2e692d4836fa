"""A small server that fails in a chosen way where Elasticsearch would answer."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

GOOD = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"hits": [{"fields": {"key": [7]}}]},
}
READ_ONLY = {"error": {"type": "cluster_block_exception"}, "status": 429}


def http(status: str, body: bytes, *, length: int | None = None) -> bytes:
    """An answer as the product gives it, with a length that may be a lie."""
    return (
        f"HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\n"
        "Connection: close\r\n"
        "Content-Type: application/vnd.elasticsearch+json;compatible-with=8\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    ).encode() + body


def whole(answer: object, status: str = "200 OK") -> bytes:
    return http(status, json.dumps(answer).encode())


class FaultyServer:
    """Answers each request by ``fault``; ``asked`` counts them."""

    def __init__(self) -> None:
        self.fault: Callable[[FaultyServer, socket.socket], None] = well
        self.asked = 0
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.over.set()
        # Closing alone would not wake the thread that accepts.
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._serve, args=(connection,), daemon=True
            ).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while _read_request(connection):
                self.asked += 1
                self.fault(self, connection)


def _read_request(connection: socket.socket) -> bool:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65_536)
        if not part:
            return False
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    lengths = [
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    ]
    while len(body) < sum(lengths):
        body += connection.recv(65_536)
    return True


def well(server: FaultyServer, connection: socket.socket) -> None:
    connection.sendall(whole(GOOD))


def slow(server: FaultyServer, connection: socket.socket) -> None:
    server.over.wait(2)
    connection.sendall(whole(GOOD))


def black_hole(server: FaultyServer, connection: socket.socket) -> None:
    server.over.wait(30)


def reset(server: FaultyServer, connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(server: FaultyServer, connection: socket.socket) -> None:
    """A byte now and then: never silent for as long as a read may take."""
    for byte in whole(GOOD):
        if server.over.wait(0.1):
            return
        connection.sendall(bytes([byte]))


def _saying(answer: bytes) -> Callable[[FaultyServer, socket.socket], None]:
    def say(server: FaultyServer, connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.close()

    return say


BODY = json.dumps(GOOD).encode()
FAULTS = {
    "slow": slow,
    "black hole": black_hole,
    "reset": reset,
    "drip": drip,
    "cut in the body": _saying(http("200 OK", BODY[:20], length=len(BODY))),
    "cut in the headers": _saying(b"HTTP/1.1 200 OK\r\nX-Elastic-Pro"),
    "half JSON": _saying(http("200 OK", BODY[:20])),
    "no body": _saying(http("200 OK", b"")),
    "other shape": _saying(whole({"hits": []})),
    "a list": _saying(whole([1, 2])),
    "ran out of time": _saying(whole(GOOD | {"timed_out": True})),
    "shards failed": _saying(whole(GOOD | {"_shards": {"failed": 1}})),
    "429": _saying(whole(READ_ONLY, "429 Too Many Requests")),
    "500": _saying(whole({"error": "x"}, "500 Internal Server Error")),
    "no index": _saying(whole({"error": {"type": "x"}}, "404 Not Found")),
    "a proxy's page": _saying(
        b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Type: text/html\r\n"
        b"Content-Length: 5\r\n\r\nsorry"
    ),
    "another product": _saying(
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
        b"Content-Length: 2\r\n\r\n{}"
    ),
}


@contextmanager
def faulty_server() -> Iterator[FaultyServer]:
    server = FaultyServer()
    try:
        yield server
    finally:
        server.close()
