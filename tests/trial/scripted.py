"""An OpenAI-compatible endpoint on loopback that does what a script says: answers, or any of the ways in which calls fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

INPUT_TOKENS, OUTPUT_TOKENS = 10, 5
Fault = str | None


class Script:
    """`fault(number, request)` names what goes wrong with the nth call; `answer(request)` is what it says otherwise."""

    def __init__(self, answer: Callable[[dict[str, Any]], str], fault: Callable[[int, dict[str, Any]], Fault]) -> None:
        self.answer, self.fault = answer, fault
        self.lock = threading.Lock()
        self.calls: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.billed = 0  # answers that a real service would have put on the bill

    def next(self, request: dict[str, Any]) -> Fault:
        with self.lock:
            self.calls.append(request)
            return self.fault(len(self.calls), request)


def answer_of(request: dict[str, Any]) -> str:
    """The word after `is` in the input: what the examples of these tests expect."""
    return str(request["messages"][-1]["content"]).split(" is ")[-1].split()[0]


@contextmanager
def endpoint(
    answer: Callable[[dict[str, Any]], str] = answer_of,
    fault: Callable[[int, dict[str, Any]], Fault] = lambda number, request: None,
) -> Iterator[tuple[str, Script]]:
    """The address of a running endpoint, and its script."""
    script = Script(answer, fault)

    class Handler(_Handler):
        told = script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    told: Script

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        request = json.loads(raw) if "json" in self.headers["content-type"] else _form(self.headers["content-type"], raw)
        self.told.keys.add(self.headers.get("authorization", ""))
        fault = self.told.next(request)
        try:
            getattr(self, "_" + (fault or "plain").replace(" ", "_"))(request)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _plain(self, request: dict[str, Any]) -> None:
        self.told.billed += 1
        if "messages" in request:
            return self._stream(request, request["model"], is_whole=True)
        if "file" in request:
            return self._json(200, {"text": self.told.answer(request)})
        vectors = [
            {"object": "embedding", "index": place, "embedding": _vector(text)} for place, text in enumerate(request["input"])
        ]
        usage = {"prompt_tokens": INPUT_TOKENS, "total_tokens": INPUT_TOKENS}
        return self._json(200, {"object": "list", "data": vectors, "model": request["model"], "usage": usage})

    def _stream(self, request: dict[str, Any], model: str, *, is_whole: bool) -> None:
        text = self.told.answer(request)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        half = len(text) // 2
        self._event(model, {"role": "assistant", "content": text[:half]})
        if is_whole:
            self._event(model, {"content": text[half:]}, "stop")
            usage = {
                "prompt_tokens": INPUT_TOKENS,
                "completion_tokens": OUTPUT_TOKENS,
                "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
            }
            self._event(model, None, usage=usage)
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, model: str, delta: Any, finish: str | None = None, usage: Any = None) -> None:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": choices, "usage": usage}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def _json(self, status: int, body: Any, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def _429(self, request: dict[str, Any]) -> None:
        self._json(429, {"error": {"message": "slow down"}})

    def _429_with_Retry_After(self, request: dict[str, Any]) -> None:
        self._json(429, {"error": {"message": "slow down"}}, retry_after="7")

    def _no_quota(self, request: dict[str, Any]) -> None:
        self._json(429, {"error": {"message": "no money", "code": "insufficient_quota"}})

    def _500(self, request: dict[str, Any]) -> None:
        self._json(500, {"error": {"message": "oops"}})

    def _400(self, request: dict[str, Any]) -> None:
        self._json(400, {"error": {"message": "too long"}})

    def _401(self, request: dict[str, Any]) -> None:
        self._json(401, {"error": {"message": "bad key " + self.headers.get("authorization", "")}})

    def _404(self, request: dict[str, Any]) -> None:
        self._json(404, {"error": {"message": "no such model"}})

    def _truncated_stream(self, request: dict[str, Any]) -> None:
        self.told.billed += 1
        self._stream(request, request["model"], is_whole=False)

    def _malformed_JSON(self, request: dict[str, Any]) -> None:
        self.told.billed += 1
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(b'data: {"id": "1", "choi\n\n')

    def _cut_off(self, request: dict[str, Any]) -> None:
        self.told.billed += 1
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", "100000")
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(b"data: ")

    def _hang_up(self, request: dict[str, Any]) -> None:
        self.close_connection = True

    def _wrong_model(self, request: dict[str, Any]) -> None:
        self.told.billed += 1
        self._stream(request, "another-model", is_whole=True)


def _form(kind: str, raw: bytes) -> dict[str, Any]:
    """The fields of a form with a file, as a recording is sent; of the file, its name."""
    message = BytesParser(policy=HTTP).parsebytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + raw)
    parts = {str(part.get_param("name", header="content-disposition")): part for part in message.iter_parts()}
    return {name: part.get_filename() or str(part.get_content()).strip() for name, part in parts.items()}


def _vector(text: str) -> list[float]:
    """Counts of letters: texts with the same words lie near each other."""
    return [float(text.casefold().count(letter)) for letter in "abcdefghijklmnopqrstuvwxyz"]
