"""What tiny models share: their size and a tokenizer of whole words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = [
    "money",
    "back",
    "please",
    "parcel",
    "is",
    "late",
    "password",
    "does",
    "not",
    "work",
    "good",
    "morning",
    "red",
    "bicycle",
    "at",
    "night",
    "Good",
    "morning.",
]
SMALL: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
CHAT = "{% for one in messages %}{{ one['role'] + ' ' + one['content'] + ' ' }}{% endfor %}"


def words_of(folder: Path, **special: str) -> Any:
    """A tokenizer of whole words, saved."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast

    marks = {"unk_token": "[UNK]", "pad_token": "[PAD]", "eos_token": "[EOS]", **special}
    names = list(dict.fromkeys([*marks.values(), *WORDS, ".", "user", "assistant"]))
    words = Tokenizer(WordLevel({name: place for place, name in enumerate(names)}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    made = PreTrainedTokenizerFast(tokenizer_object=words, chat_template=CHAT, model_max_length=64, **marks)
    made.save_pretrained(folder)
    return made
