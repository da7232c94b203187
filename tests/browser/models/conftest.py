"""The static folder on a free port, and an empty page to import its modules into."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "static"


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """The static folder, and an empty page."""

    def do_GET(self) -> None:
        if self.path != "/blank":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>blank</title>")

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    handler = functools.partial(QuietFiles, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
