"""Serves the sandbox on loopback: threads for calls, one more for deliveries."""

from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from .app import SandboxApp

LOOPBACK = "127.0.0.1"


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False


class QuietHandler(WSGIRequestHandler):
    """Writes no access log: paths carry session ids."""

    def log_message(self, *args: object) -> None:
        return None

    def address_string(self) -> str:
        return str(self.client_address[0])


def listen(app: SandboxApp, port: int) -> WSGIServer:
    """A server bound to loopback and nothing else; port 0 takes a free one."""
    return make_server(LOOPBACK, port, app, ThreadedServer, QuietHandler)
