"""Tiny models that hear, speak and see, with random weights, saved as their libraries save them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tiny_words import SMALL, words_of

RATE = 16_000


def whisper(folder: Path) -> None:
    """Whisper with a vocabulary of letters and the marks that it begins with."""
    from transformers import (
        WhisperConfig,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
        WhisperProcessor,
        WhisperTokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    letters = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|de|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
               "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>", *"abcdefghijklmnopqrstuvwxyz", "Ġ"]  # fmt: skip
    (folder / "vocab.json").write_text(json.dumps({name: place for place, name in enumerate(letters)}), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    words = WhisperTokenizer(
        str(folder / "vocab.json"), str(folder / "merges.txt"), additional_special_tokens=letters[1:10], pad_token=letters[0]
    )
    WhisperProcessor(WhisperFeatureExtractor(), words).save_pretrained(folder)
    shape = WhisperConfig(
        vocab_size=len(words), d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, pad_token_id=0, bos_token_id=0, eos_token_id=0,
        decoder_start_token_id=1, max_target_positions=64, begin_suppress_tokens=None, suppress_tokens=None,
    )  # fmt: skip
    WhisperForConditionalGeneration(shape).save_pretrained(folder)


def _waves() -> dict[str, Any]:
    convolutions = {"conv_dim": (32, 32), "conv_stride": (5, 4), "conv_kernel": (10, 8), "num_feat_extract_layers": 2}
    return {**SMALL, **convolutions, "num_conv_pos_embeddings": 16, "num_conv_pos_embedding_groups": 2, "mask_time_length": 2}


def hearing(folder: Path) -> None:
    """wav2vec 2.0 with a head of seven classes."""
    from transformers import Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2ForSequenceClassification

    Wav2Vec2FeatureExtractor(sampling_rate=RATE).save_pretrained(folder)
    shape = Wav2Vec2Config(num_labels=7, classifier_proj_size=16, **_waves())
    Wav2Vec2ForSequenceClassification(shape).save_pretrained(folder)


def sounds_and_words(folder: Path) -> None:
    """CLAP."""
    from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, ClapProcessor

    words = words_of(folder, cls_token="[CLS]", sep_token="[SEP]", bos_token="[BOS]")
    ClapProcessor(ClapFeatureExtractor(truncation="rand_trunc"), words).save_pretrained(folder)
    text = {
        **SMALL,
        "vocab_size": len(words),
        "max_position_embeddings": 80,
        "pad_token_id": words.pad_token_id,
        "projection_dim": 16,
    }
    sound = {
        "patch_embeds_hidden_size": 8,
        "depths": [1, 1],
        "num_attention_heads": [2, 2],
        "hidden_size": 16,
        "projection_dim": 16,
    }
    ClapModel(ClapConfig(text_config=text, audio_config=sound, projection_dim=16)).save_pretrained(folder)


def letters_of_sound(folder: Path) -> None:
    """wav2vec 2.0 that writes letters (CTC)."""
    from transformers import Wav2Vec2Config, Wav2Vec2CTCTokenizer, Wav2Vec2FeatureExtractor, Wav2Vec2ForCTC, Wav2Vec2Processor

    folder.mkdir(parents=True, exist_ok=True)
    alphabet = ["<pad>", "<s>", "</s>", "<unk>", "|", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    (folder / "vocab.json").write_text(json.dumps({name: place for place, name in enumerate(alphabet)}), encoding="utf-8")
    words = Wav2Vec2CTCTokenizer(str(folder / "vocab.json"))
    Wav2Vec2Processor(Wav2Vec2FeatureExtractor(sampling_rate=RATE, return_attention_mask=True), words).save_pretrained(folder)
    shape = Wav2Vec2Config(vocab_size=len(alphabet), pad_token_id=0, ctc_zero_infinity=True, **_waves())
    Wav2Vec2ForCTC(shape).save_pretrained(folder)


def speaking(folder: Path) -> None:
    """VITS of letters, as MMS has them."""
    from transformers import VitsConfig, VitsModel, VitsTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    alphabet = {name: place for place, name in enumerate(["<pad>", "<unk>", " ", *"abcdefghijklmnopqrstuvwxyz"])}
    (folder / "vocab.json").write_text(json.dumps(alphabet), encoding="utf-8")
    VitsTokenizer(str(folder / "vocab.json"), phonemize=False, is_uroman=False).save_pretrained(folder)
    shape = VitsConfig(
        vocab_size=len(alphabet), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, ffn_dim=16, flow_size=16,
        spectrogram_bins=9, upsample_initial_channel=32, upsample_rates=[4, 4], upsample_kernel_sizes=[8, 8],
        resblock_kernel_sizes=[3], resblock_dilation_sizes=[[1, 3]], prior_encoder_num_flows=1, prior_encoder_num_wavenet_layers=1,
        posterior_encoder_num_wavenet_layers=1, duration_predictor_num_flows=1, depth_separable_num_layers=1,
    )  # fmt: skip
    VitsModel(shape).save_pretrained(folder)


def seeing(folder: Path) -> None:
    """A vision transformer with a head of seven classes."""
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor

    ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    ViTForImageClassification(ViTConfig(image_size=32, patch_size=8, num_labels=7, **SMALL)).save_pretrained(folder)


def finding(folder: Path) -> None:
    """DETR on a tiny ResNet, with seven classes."""
    from transformers import DetrConfig, DetrForObjectDetection, DetrImageProcessor, ResNetConfig

    DetrImageProcessor(size={"shortest_edge": 32, "longest_edge": 64}).save_pretrained(folder)
    eyes = ResNetConfig(embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1], layer_type="basic", out_features=["stage2"])
    shape = DetrConfig(
        use_timm_backbone=False, backbone_config=eyes, backbone=None, use_pretrained_backbone=False, num_queries=5, d_model=16,
        encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=32,
        decoder_ffn_dim=32, num_labels=7, auxiliary_loss=False,
    )  # fmt: skip
    DetrForObjectDetection(shape).save_pretrained(folder)


def cutting_out(folder: Path) -> None:
    """SegFormer with seven classes."""
    from transformers import SegformerConfig, SegformerForSemanticSegmentation, SegformerImageProcessor

    SegformerImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    shape = SegformerConfig(
        hidden_sizes=[8, 16, 16, 32], depths=[1] * 4, num_attention_heads=[1] * 4, decoder_hidden_size=16, num_labels=7
    )
    SegformerForSemanticSegmentation(shape).save_pretrained(folder)


def _clip_words(folder: Path) -> Any:
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    letters = [*"abcdefghijklmnopqrstuvwxyz."]
    names = ["<|startoftext|>", "<|endoftext|>", "!", *letters, *(f"{one}</w>" for one in letters)]
    (folder / "vocab.json").write_text(json.dumps({name: place for place, name in enumerate(names)}), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), pad_token="!", model_max_length=16)


def _clip_text(words: Any) -> dict[str, Any]:
    return {**SMALL, "vocab_size": len(words), "max_position_embeddings": 16, "eos_token_id": 1, "bos_token_id": 0}


def pictures_and_words(folder: Path) -> None:
    """CLIP, as sentence-transformers loads it."""
    from sentence_transformers import SentenceTransformer, models
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor

    words = _clip_words(folder / "clip")
    sized = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    CLIPProcessor(sized, words).save_pretrained(folder / "clip")
    shape = CLIPConfig(
        text_config=_clip_text(words), vision_config={**SMALL, "image_size": 32, "patch_size": 8}, projection_dim=16
    )
    CLIPModel(shape).save_pretrained(folder / "clip")
    SentenceTransformer(modules=[models.CLIPModel(str(folder / "clip"))], device="cpu").save_pretrained(str(folder))


def sought(folder: Path) -> None:
    """OWLv2: boxes around what words name."""
    from transformers import Owlv2Config, Owlv2ForObjectDetection, Owlv2ImageProcessor, Owlv2Processor

    words = _clip_words(folder)
    Owlv2Processor(Owlv2ImageProcessor(size={"height": 32, "width": 32}), words).save_pretrained(folder)
    shape = Owlv2Config(
        text_config=_clip_text(words),
        vision_config={**SMALL, "image_size": 32, "patch_size": 8},
        projection_dim=SMALL["hidden_size"],
    )
    Owlv2ForObjectDetection(shape).save_pretrained(folder)


def drawing(folder: Path) -> None:
    """Stable Diffusion of a few channels."""
    from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    words = _clip_words(folder / "words")
    text = CLIPTextModel(CLIPTextConfig(**_clip_text(words)))
    blocks: dict[str, Any] = {"block_out_channels": (8, 16), "norm_num_groups": 4}
    network = UNet2DConditionModel(
        sample_size=8, layers_per_block=1, cross_attention_dim=SMALL["hidden_size"], attention_head_dim=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), **blocks,
    )  # fmt: skip
    coder = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, **blocks
    )
    StableDiffusionPipeline(
        vae=coder, text_encoder=text, tokenizer=words, unet=network, scheduler=DDIMScheduler(), safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    ).save_pretrained(folder)  # fmt: skip


def boxes_by_yolo(folder: Path) -> None:
    """YOLO 11's smallest shape, with the names of files that the recipes' own code asks for."""
    from ultralytics import YOLO

    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("", "-seg", "-cls"):
        made = YOLO(f"yolo11n{kind}.yaml")
        for size in "nm":
            made.save(folder / f"yolo11{size}{kind}.pt")
