"""Tiny models with random weights, saved as their libraries save them: what recipes load where the real weights would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import tiny_senses
from tiny_words import SMALL, words_of


def encoder(folder: Path) -> None:
    """BERT with a head of seven classes, which no example has."""
    from transformers import BertConfig, BertForSequenceClassification

    words = words_of(folder, cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
    BertForSequenceClassification(BertConfig(vocab_size=len(words), num_labels=7, **SMALL)).save_pretrained(folder)


def sentences(folder: Path) -> None:
    """BERT with pooling, as sentence-transformers saves it."""
    from sentence_transformers import SentenceTransformer, models

    encoder(folder / "bert")
    reader = models.Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[reader, models.Pooling(SMALL["hidden_size"])], device="cpu").save_pretrained(str(folder))


def decoder(folder: Path) -> None:
    """Llama, wide enough for the blocks of 64 weights that 4-bit precision has."""
    from transformers import LlamaConfig, LlamaForCausalLM

    words, wide = words_of(folder), {**SMALL, "hidden_size": 128, "intermediate_size": 128}
    LlamaForCausalLM(LlamaConfig(vocab_size=len(words), max_position_embeddings=128, **wide)).save_pretrained(folder)


def pairs(folder: Path) -> None:
    """T5."""
    from transformers import T5Config, T5ForConditionalGeneration

    words = words_of(folder)
    shape = T5Config(
        vocab_size=len(words), d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=2, pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id, decoder_start_token_id=words.pad_token_id,
    )  # fmt: skip
    T5ForConditionalGeneration(shape).save_pretrained(folder)


def languages(folder: Path) -> None:
    """M2M100's shape with NLLB's tokenizer: a pair of languages is named, the first token says the target."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    letters = {name: place for place, name in enumerate(["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz"])}
    words = NllbTokenizer(vocab=letters, merges=[], additional_special_tokens=["en", "de"])
    words.save_pretrained(folder)
    shape = M2M100Config(
        vocab_size=len(words), d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128,
    )  # fmt: skip
    M2M100ForConditionalGeneration(shape).save_pretrained(folder)


def forecasting(folder: Path) -> None:
    """Chronos-2."""
    from chronos.chronos2 import Chronos2CoreConfig, Chronos2Model

    told = {
        "context_length": 64, "input_patch_size": 8, "input_patch_stride": 8, "output_patch_size": 8, "use_reg_token": True,
        "quantiles": [place / 10 for place in range(1, 10)], "use_arcsinh": True, "max_output_patches": 4,
    }  # fmt: skip
    shape = Chronos2CoreConfig(d_model=32, d_kv=16, d_ff=64, num_layers=2, num_heads=2, vocab_size=2, chronos_config=told)
    shape.architectures, shape.chronos_pipeline_class = ["Chronos2Model"], "Chronos2Pipeline"
    Chronos2Model(shape).save_pretrained(folder)


HERE = (encoder, sentences, decoder, pairs, languages, forecasting)
SENSES = (
    "whisper", "hearing", "sounds_and_words", "letters_of_sound", "speaking", "seeing", "finding", "cutting_out", "pictures_and_words",
    "sought", "drawing", "boxes_by_yolo",
)  # fmt: skip
MODELS: dict[str, Callable[[Path], None]] = {
    **{one.__name__: one for one in HERE},
    **{name: getattr(tiny_senses, name) for name in SENSES},
}


def made(kind: str, beside: Path) -> Path:
    """The folder of a tiny model, made once."""
    folder = beside / kind
    if not folder.exists():
        MODELS[kind](folder)
    return folder
