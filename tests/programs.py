"""Programs that are told by webhooks: real receivers on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from attrs import define, field


@define(eq=False)
class Program:
    """Hears what it is sent and answers with a status; while ``slow``, it has it and does not answer."""

    slow: bool = False
    status: int = 204
    port: int = 0
    heard: list[tuple[dict[str, str], bytes]] = field(factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/in"

    @contextmanager
    def listening(self) -> Iterator["Program"]:
        """Listen on a real socket."""
        program = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                program.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                if program.slow:
                    self.rfile.read(1)  # until they are gone
                    return
                self.send_response(program.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
