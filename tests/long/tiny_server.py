"""The tiny model behind an address of this machine that speaks the OpenAI API: chat (streamed or not), embeddings, models."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tiny_model import NAME, TinyModel

MOST_WRITTEN = 24  # bytes of an answer


class Book:
    """What was served: calls, and the bytes read and written for chats."""

    def __init__(self, on_call: Callable[[int], None]) -> None:
        self.lock = threading.Lock()
        self.on_call = on_call
        self.calls = self.chats = self.read = self.written = 0

    def count(self) -> None:
        with self.lock:
            self.calls += 1
            number = self.calls
        self.on_call(number)

    def served(self, read: int, written: int) -> None:
        with self.lock:
            self.chats, self.read, self.written = self.chats + 1, self.read + read, self.written + written


@contextmanager
def tiny_server(on_call: Callable[[int], None] = lambda number: None) -> Iterator[tuple[str, Book]]:
    """Its address, and what it served so far."""
    model, book = TinyModel(), Book(on_call)

    class Handler(_Handler):
        tiny, told = model, book

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", book
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    tiny: TinyModel
    told: Book

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._json(
            200, {"object": "list", "data": [{"id": NAME, "object": "model", "created": 1, "owned_by": "random weights"}]}
        )

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.told.count()
        ways = {"/v1/chat/completions": self._chat, "/v1/embeddings": self._embeddings}
        way = ways.get(self.path)
        if way is None or asked.get("model") != NAME:
            self._json(404, {"error": {"message": "there is no such model or address", "code": "not_found"}})
            return
        try:
            way(asked)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _chat(self, asked: dict[str, Any]) -> None:
        text = "\n".join(f"{one['role']}: {one['content']}" for one in asked["messages"]) + "\nassistant: "
        most = min(int(asked.get("max_tokens") or MOST_WRITTEN), MOST_WRITTEN)
        answer, read, written = self.tiny.answer(text, most)
        self.told.served(read, written)
        usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        finish = "stop" if written < most else "length"
        if not asked.get("stream"):
            message = {"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": finish}
            self._json(
                200, {"id": "1", "object": "chat.completion", "created": 1, "model": NAME, "choices": [message], "usage": usage}
            )
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for sign in answer:
            self._event([{"index": 0, "delta": {"content": sign}, "finish_reason": None}])
        self._event([{"index": 0, "delta": {}, "finish_reason": finish}])
        self._event([], usage)
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choices: list[Any], usage: Any = None) -> None:
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": NAME, "choices": choices, "usage": usage}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def _embeddings(self, asked: dict[str, Any]) -> None:
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        data = [{"object": "embedding", "index": place, "embedding": self.tiny.vector(one)} for place, one in enumerate(texts)]
        read = sum(len(one.encode()) for one in texts)
        self._json(200, {"object": "list", "data": data, "model": NAME, "usage": {"prompt_tokens": read, "total_tokens": read}})

    def _json(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
