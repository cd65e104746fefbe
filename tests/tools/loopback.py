"""A provider of vectors on this machine, in the shape of the OpenAI API: each text's vector is drawn from the text."""

from __future__ import annotations

import functools
import json
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DIMENSIONS = 16


class Provider(BaseHTTPRequestHandler):
    """Answers POST /v1/embeddings."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        vectors = [[draw.gauss(0, 1) for _ in range(DIMENSIONS)] for draw in map(random.Random, asked["input"])]
        data = [{"object": "embedding", "index": place, "embedding": one} for place, one in enumerate(vectors)]
        usage = {"prompt_tokens": len(data), "total_tokens": len(data)}
        body = json.dumps({"object": "list", "model": asked["model"], "data": data, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the requests are not what is looked at."""


@functools.cache
def address() -> str:
    """Where it listens; it is started once and ends with the process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/v1"
