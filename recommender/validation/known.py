"""Who a row is about: models and accelerators by the names people write, from the catalog or from the name itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recommender.decision.lookups import are_of
from recommender.domain.columns import Columns
from recommender.domain.model_names import USUAL_ACTIVE_SHARE, has_size, sizes_in, words_of
from recommender.domain.words import LANGUAGE_MODELS

UNKNOWN = float("nan")
USUAL_KV_VALUES_PER_LAYER = 2048.0  # eight key/value heads of 128: most models since 2023
VARIANT = re.compile(r"(pcie|sxm|nvl|hgx|dgx|oam|hbm\d?e?|\d+gb|lpp)+")  # the same accelerator in another box
MAKERS = frozenset(
    ("nvidia", "amd", "intel", "apple", "google", "cloud", "geforce", "radeon", "instinct", "tesla", "gpu", "tensor", "core")
)


@dataclass(frozen=True)
class KnownModel:
    """Sizes in billions of parameters; keys and values per token in layers that see everything and that see a window."""

    parameters_b: float = UNKNOWN
    active_b: float = UNKNOWN
    layers: float = UNKNOWN
    hidden: float = UNKNOWN
    kv_values: float = UNKNOWN
    window_values: float = 0.0
    window_tokens: float = 0.0
    experts: float = UNKNOWN
    experts_active: float = UNKNOWN


@dataclass(frozen=True)
class KnownDenoiser:
    """Layers, passes per step, pixels per token along one side."""

    layers: float = UNKNOWN
    passes: float = 2.0
    pixels_per_token: float = 16.0


@dataclass(frozen=True)
class KnownAccelerator:
    """Memory [GB], bandwidth [GB/s], dense speed [TFLOP/s] at 16, 8 and 4 bits, rated power [W]."""

    memory_gb: float = UNKNOWN
    bandwidth_gbps: float = UNKNOWN
    bf16_tflops: float = UNKNOWN
    fp8_tflops: float = UNKNOWN
    fp4_tflops: float = UNKNOWN
    power_w: float = UNKNOWN


class Known:
    """Everything that can be looked up; the same name always finds the same."""

    def __init__(self, columns: Columns) -> None:
        shapes = columns.calibration.get("shapes", {})
        self._tabulated = {words_of(name): _fields(KnownModel, one) for name, one in shapes.get("models", {}).items()}
        self._denoisers = {words_of(name): _fields(KnownDenoiser, one) for name, one in shapes.get("denoisers", {}).items()}
        self._catalog = _catalog_models(columns)
        self._accelerators = _accelerators(columns, shapes.get("accelerators", {}))

    def model(self, name: str) -> KnownModel:
        """The model a name stands for; what neither catalog nor name tells is NaN."""
        words = words_of(name)
        found = self._tabulated.get(words) or self._catalog.get(words) or self._nearest(words) or KnownModel()
        return _with_sizes(found, name)

    def is_known(self, name: str) -> bool:
        """Whether a model of exactly that name is tabulated or in the catalog."""
        words = words_of(name)
        return words in self._tabulated or words in self._catalog

    def denoiser(self, name: str) -> KnownDenoiser:
        """The denoiser a name stands for; the usual one where nobody knows it."""
        words = words_of(name)
        found = [one for key, one in self._denoisers.items() if set(key) <= set(words)]
        return found[0] if found else KnownDenoiser()

    def accelerator(self, name: str) -> KnownAccelerator:
        """The accelerator a name stands for; NaN throughout where nobody knows it."""
        key = accelerator_key(name)
        if key in self._accelerators:
            return self._accelerators[key]
        longer = sorted((one for one in self._accelerators if _begins(one, key)), key=lambda one: (len(one), one))
        shorter = [one for one in self._accelerators if one and key.startswith(one) and VARIANT.fullmatch(key[len(one) :])]
        near = [*longer, *sorted(shorter, key=lambda one: (-len(one), one))]
        return self._accelerators[near[0]] if near else KnownAccelerator()

    def _nearest(self, words: tuple[str, ...]) -> KnownModel | None:
        """A catalog model whose name begins with these words, or the longest sized name these words begin with."""
        if len(words) < 2 and not has_size(words):
            return None
        longer = [key for key in self._catalog if key[: len(words)] == words]
        if longer:
            return self._catalog[min(longer, key=lambda key: (len(key), key))]
        shorter = [key for key in self._catalog if has_size(key) and words[: len(key)] == key]
        return self._catalog[max(shorter, key=lambda key: (len(key), key))] if shorter else None


def _with_sizes(found: KnownModel, name: str) -> KnownModel:
    """The name's own numbers where nothing better is known; what a name says is at work is believed first."""
    said = sizes_in(name)
    total = said.parameters_b if np.isnan(found.parameters_b) else found.parameters_b
    active = found.active_b if np.isnan(said.active_b) else said.active_b
    if np.isnan(active):
        active = total
    total = np.fmax(total, active)
    experts, answering = found.experts, found.experts_active
    if np.isnan(experts) and said.experts > 0:
        experts, answering = said.experts, said.experts_active
    return replace(found, parameters_b=float(total), active_b=float(active), experts=experts, experts_active=answering)


def usual_active_b(parameters_b: float) -> float:
    """Parameters at work in a mixture of experts that states only its total. [billions]"""
    return USUAL_ACTIVE_SHARE * parameters_b


def accelerator_key(name: str) -> str:
    """A name without makers, order of punctuation or a doubled word: `M1 M1 Max` and `m1-max` are one."""
    words = [word for word in re.split(r"[\s_\-/()]+", name.lower()) if word and word not in MAKERS]
    return "".join(dict.fromkeys(words)).replace("80gb", "").replace("sxm4", "sxm").replace("sxm5", "sxm")


def _begins(name: str, start: str) -> bool:
    """Whether a name goes on from a start without going on in the middle of a number: an H20 is no H200."""
    return bool(start) and name.startswith(start) and not name[len(start) : len(start) + 1].isdigit()


def _fields(shape: Any, values: Mapping[str, Any]) -> Any:
    return shape(**{name: float(value) for name, value in values.items() if name != "from"})


def _catalog_models(columns: Columns) -> dict[tuple[str, ...], KnownModel]:
    models = columns.models
    found: dict[tuple[str, ...], KnownModel] = {}
    for place in np.flatnonzero(are_of(models.types, *LANGUAGE_MODELS) & ~np.isnan(models.parameters_b)):
        found.setdefault(words_of(models.ids[place]), _catalog_model(columns, int(place)))
    return found


def _catalog_model(columns: Columns, place: int) -> KnownModel:
    models = columns.models
    layers = models.layers[place]
    heads = 2.0 * models.kv_heads[place] * models.head_dim[place] * layers
    latent = layers * (models.kv_lora_rank[place] + models.rope_dim[place])
    every = heads if np.isnan(latent) else latent
    share = float(np.nan_to_num(models.full_attention_share[place], nan=1.0))
    window = float(np.nan_to_num(models.window_tokens[place]))
    return KnownModel(
        parameters_b=float(models.parameters_b[place]),
        active_b=float(models.active_b[place]),
        layers=float(layers),
        hidden=float(models.hidden[place]),
        kv_values=float(every * share),
        window_values=float(np.nan_to_num(every * (1.0 - share))) if window else 0.0,
        window_tokens=window,
        experts=float(models.experts[place]),
        experts_active=float(models.experts_active[place]),
    )


def _accelerators(columns: Columns, further: Mapping[str, Any]) -> dict[str, KnownAccelerator]:
    """Further facts first, so that the catalog's own accelerators stand where both name one."""
    hardware = columns.hardware
    found = {accelerator_key(name): _fields(KnownAccelerator, one) for name, one in further.items()}
    for place, identifier in enumerate(hardware.ids):
        one = KnownAccelerator(
            memory_gb=float(hardware.memory_gb[place]),
            bandwidth_gbps=float(hardware.bandwidth_gbps[place]),
            bf16_tflops=float(hardware.tflops_16[place]),
            fp8_tflops=float(hardware.tflops_8[place]),
            fp4_tflops=float(hardware.tflops_4[place]),
            power_w=float(hardware.power_w[place]),
        )
        for name in (identifier, hardware.names[place], *hardware.aliases[place]):
            found[accelerator_key(name)] = one
    return found
