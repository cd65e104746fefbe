"""A real, tiny language model with RANDOM WEIGHTS: a byte-level transformer in numpy. What it writes means nothing, and it takes real time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BYTES, WIDTH, HEADS, LAYERS, CONTEXT = 256, 64, 4, 2, 4096
NAME = "tiny-random-weights"
STOP = 10  # a new line ends an answer, if it ever comes


@dataclass(frozen=True)
class Layer:
    """Weights of one block. Shapes (WIDTH, 3 WIDTH), (WIDTH, WIDTH), (WIDTH, 4 WIDTH), (4 WIDTH, WIDTH)."""

    query_key_value: Floats
    out: Floats
    up: Floats
    down: Floats


class TinyModel:
    """Attention over all bytes before, then a small network, twice. The same seed gives the same weights and the same answers."""

    def __init__(self, seed: int = 0) -> None:
        generator = np.random.default_rng(seed)

        def drawn(*shape: int) -> Floats:
            return (generator.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

        self.bytes, self.places = drawn(BYTES, WIDTH) * 8, drawn(CONTEXT, WIDTH) * 8
        sizes = ((WIDTH, 3 * WIDTH), (WIDTH, WIDTH), (WIDTH, 4 * WIDTH), (4 * WIDTH, WIDTH))
        self.layers = tuple(Layer(*(drawn(*size) for size in sizes)) for _ in range(LAYERS))

    def states(self, tokens: list[int], kept: list[tuple[Floats, Floats]]) -> Floats:
        """States of new bytes; keys and values of those before are kept. Shape (new, WIDTH)."""
        before = len(kept[0][0]) if kept else 0
        state = self.bytes[tokens] + self.places[before : before + len(tokens)]
        for number, layer in enumerate(self.layers):
            query, key, value = np.split(_normed(state) @ layer.query_key_value, 3, axis=1)
            if before:
                key, value = np.concatenate([kept[number][0], key]), np.concatenate([kept[number][1], value])
            if len(kept) > number:
                kept[number] = (key, value)
            else:
                kept.append((key, value))
            state = state + _attended(query, key, value, before) @ layer.out
            state = state + np.maximum(_normed(state) @ layer.up, 0.0) @ layer.down
        return _normed(state)

    def answer(self, text: str, most: int) -> tuple[str, int, int]:
        """The likeliest byte after the other, and how many were read and written."""
        tokens = list(text.encode())[-(CONTEXT - most) :]
        kept: list[tuple[Floats, Floats]] = []
        written: list[int] = []
        state = self.states(tokens, kept)[-1]
        while len(written) < most:
            written.append(int(np.argmax(self.bytes @ state)))
            if written[-1] == STOP:
                break
            state = self.states(written[-1:], kept)[-1]
        return bytes(written).decode("latin-1"), len(tokens), len(written)

    def vector(self, text: str) -> list[float]:
        """The mean state of a text."""
        found = self.states(list(text.encode())[:CONTEXT] or [0], []).mean(axis=0)
        return [float(one) for one in found]


def _normed(state: Floats) -> Floats:
    return np.asarray((state - state.mean(axis=1, keepdims=True)) / (state.std(axis=1, keepdims=True) + 1e-5), np.float32)


def _attended(query: Floats, key: Floats, value: Floats, before: int) -> Floats:
    """Each byte looks at itself and those before it, in several ways at once."""
    ways = [one.reshape(len(one), HEADS, -1).transpose(1, 0, 2) for one in (query, key, value)]
    match = ways[0] @ ways[1].transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS)
    later = np.arange(key.shape[0])[None, :] > before + np.arange(query.shape[0])[:, None]
    match = np.where(later[None], -np.inf, match)
    weights = np.exp(match - match.max(axis=2, keepdims=True))
    weights /= weights.sum(axis=2, keepdims=True)
    return np.asarray((weights @ ways[2]).transpose(1, 0, 2).reshape(len(query), WIDTH), np.float32)
