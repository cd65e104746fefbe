"""Few examples of every kind that recipes read, made from a seed."""

from __future__ import annotations

import csv
import json
import random
import wave
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TEXTS = {"refund": "money back please", "delivery": "parcel is late", "login": "password does not work"}
CLASSES = ("first", "second")
RATE = 16_000


def _rows(path: Path, rows: list[dict[str, Any]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _texts(folder: Path, draw: random.Random) -> None:
    filler = [f"word{place}" for place in range(60)]
    told = [(name, f"{text} {' '.join(draw.sample(filler, 5))}") for name, text in TEXTS.items() for _ in range(20)]
    _rows(folder / "texts.csv", [{"input": text, "expected": name} for name, text in told])
    both = [
        {"input": f"{one} {two}", "expected": f"{first}|{second}"}
        for (first, one), (second, two) in zip(told[:40], told[20:], strict=True)
    ]
    _rows(folder / "sets.csv", [*both, *({"input": " ".join(draw.sample(filler, 5)), "expected": ""} for _ in range(10))])
    pairs = [{"prompt": text, "completion": name} for name, text in told]
    turns = [
        {"prompt": [{"role": "user", "content": text}], "completion": [{"role": "assistant", "content": name}]}
        for name, text in told
    ]
    for name, rows in (("train", pairs), ("turns", turns), ("keep", pairs[::9]), ("keep_turns", turns[::9])):
        _lines(folder / f"{name}.jsonl", rows)
    _lines(folder / "anchors.jsonl", [{"anchor": text, "positive": TEXTS[name]} for name, text in told])
    _lines(folder / "corpus.jsonl", [{"text": text} for _, text in told * 4])


def _tables(folder: Path, draw: random.Random) -> None:
    rows = [{"size": draw.random(), "shop": draw.choice(["north", "south"])} for _ in range(80)]
    _rows(folder / "labels.csv", [{**row, "expected": int(row["size"] > 0.5)} for row in rows])
    _rows(folder / "quantities.csv", [{**row, "expected": row["size"] * 3} for row in rows])
    days = [(date(2026, 1, 1) + timedelta(place)).isoformat() for place in range(140)]
    _rows(folder / "series.csv", [{"item_id": "a", "timestamp": day, "target": place % 7} for place, day in enumerate(days)])


def _recording(path: Path, pitch: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(
            b"".join((6000 * (place // pitch % 2)).to_bytes(2, "little", signed=True) for place in range(RATE // 2))
        )


def _recordings(folder: Path) -> None:
    for place in range(20):
        _recording(folder / "sounds" / CLASSES[place % 2] / f"{place}.wav", 20 + 20 * (place % 2))
        _recording(folder / "recordings" / f"{place}.wav", 20 + place)
    _rows(
        folder / "recordings" / "metadata.csv",
        [{"file_name": f"{place}.wav", "transcription": "good morning"} for place in range(20)],
    )


def _pictures(folder: Path, draw: random.Random) -> None:
    for place in range(20):
        _picture(folder / "pictures" / CLASSES[place % 2] / f"{place}.png", draw)
        _picture(folder / "boxes" / f"{place}.png", draw)
        _picture(folder / "masks" / f"{place}.png", draw)
        _picture(folder / "masks" / f"{place}_mask.png", draw, is_mask=True)
    objects = {"bbox": [[4.0, 4.0, 20.0, 20.0], [10.0, 10.0, 16.0, 8.0]], "category": [0, 1]}
    _lines(folder / "boxes" / "metadata.jsonl", [{"file_name": f"{place}.png", "objects": objects} for place in range(20)])
    masked = [{"image_file_name": f"{place}.png", "mask_file_name": f"{place}_mask.png"} for place in range(20)]
    _lines(folder / "masks" / "metadata.jsonl", masked)
    (folder / "names.json").write_text(json.dumps(CLASSES), encoding="utf-8")


def _picture(path: Path, draw: random.Random, *, is_mask: bool = False) -> None:
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    count = 48 * 48 * (1 if is_mask else 3)
    bytes_ = bytes(draw.randrange(2 if is_mask else 256) for _ in range(count))
    Image.frombytes("L" if is_mask else "RGB", (48, 48), bytes_).save(path)


def _for_yolo(folder: Path, draw: random.Random) -> None:
    shapes = {"boxes": "0 0.5 0.5 0.4 0.4", "areas": "0 0.3 0.3 0.7 0.3 0.7 0.7 0.3 0.7"}
    for kind, line in shapes.items():
        home = folder / "yolo" / kind
        for place in range(4):
            _picture(home / "images" / f"{place}.png", draw)
            (home / "labels").mkdir(exist_ok=True)
            (home / "labels" / f"{place}.txt").write_text(line + "\n", encoding="utf-8")
            for part in ("train", "val"):
                _picture(folder / "yolo" / "classes" / part / CLASSES[place % 2] / f"{place}.png", draw)
        told = {"path": str(home), "train": "images", "val": "images", "names": {0: "first"}}
        (home / "pictures.yaml").write_text(json.dumps(told), encoding="utf-8")


def made(folder: Path) -> Path:
    """A folder with all of them."""
    draw = random.Random(11)
    folder.mkdir(parents=True)
    _texts(folder, draw)
    _tables(folder, draw)
    _recordings(folder)
    _pictures(folder, draw)
    _for_yolo(folder, draw)
    return folder


def series_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """The series' last rows, as a request holds them."""
    with open(folder / "series.csv", encoding="utf-8", newline="") as file:
        yield from ({**row, "target": float(row["target"])} for row in list(csv.DictReader(file))[-40:])
