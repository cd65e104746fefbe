"""Speech in and out: machine time from the real-time factor, and the streams that a machine carries."""

from __future__ import annotations

import numpy as np

from recommender.domain.units import MILLION, SECONDS_PER_MINUTE, Quantity

CHARACTERS_PER_HOUR = 54_000.0
SMALLEST_ON_PROCESSORS_B = 0.02


def speech_seconds(audio_minutes: Quantity, real_time_factor: Quantity) -> Quantity:
    """Machine time for a recording. [s]

    time = minutes * 60 / factor

    Args:
        audio_minutes: of sound. [minutes]
        real_time_factor: seconds of sound per second of machine, of this model, machine and batching: the harness alone
            moves it sevenfold. [times real time]

    References:
        [1] Srivastav et al., Open ASR Leaderboard, "RTFx": seconds of audio per second of machine, read 2025-11.
    """
    return audio_minutes * SECONDS_PER_MINUTE / real_time_factor


def audio_hour_usd(usd_per_hour: Quantity, real_time_factor: Quantity, utilisation: Quantity) -> Quantity:
    """What an hour of sound costs on a machine paid by the hour. [USD per hour of audio]

    cost = price / (factor * utilisation)

    References:
        [1] Arithmetic from the real-time factor of `speech_seconds`.
    """
    return usd_per_hour / (real_time_factor * utilisation)


def scaled_real_time_factor(measured: Quantity, measured_tflops: Quantity, tflops: Quantity) -> Quantity:
    """A measured real-time factor carried over to another accelerator. [times real time]

    factor = measured * min(2, speed / measured speed)

    A faster accelerator helps at most twofold, because decoding is bound by launches; assumed, not measured.

    References:
        [1] No table of one model on several machines was found: this is an assumption of ours.
    """
    return measured * np.minimum(2.0, tflops / measured_tflops)


def real_time_tflops(parameters_b: Quantity, tflops_per_b: Quantity) -> Quantity:
    """Speed of a processor that just keeps up with sound, by a model's size. [TFLOP/s]

    speed = per billion * max(parameters, 0.02)

    Args:
        parameters_b: of the model. [billions]
        tflops_per_b: what a billion parameters take, measured over many models. [TFLOP/s per billion]

    Below twenty million parameters the overhead of small steps is what takes the time, whatever the size.

    References:
        [1] Twenty models on thirteen processors, `tests/cases/physics/speech_on_processors.csv`; the floor: DeepFilterNet 3 runs at seven
            times real time on one core (readme of the package deepfilter-stream), read 2026-11-30.
    """
    return tflops_per_b * np.maximum(parameters_b, SMALLEST_ON_PROCESSORS_B)


def processor_real_time_factor(tflops: Quantity, needed_tflops: Quantity) -> Quantity:
    """Speed of a speech model on a processor. [times real time]

    factor = speed / speed that just keeps up

    Args:
        tflops: dense speed of the processor. [TFLOP/s]
        needed_tflops: that of one which just keeps up with sound: measured, else `real_time_tflops`. [TFLOP/s]

    References:
        [1] Kokoro-82M took 0.13 to 0.17 TFLOP/s on a Raspberry Pi 4 and 5, on four and on eight cores: speeds carry over in proportion;
            `tests/cases/physics/speech_on_processors.csv`, read 2026-11-30.
    """
    return tflops / needed_tflops


def streams_per_machine(real_time_factor: Quantity, single_stream_share: Quantity, most_load: Quantity) -> Quantity:
    """Live streams that one machine carries without falling behind. [streams]

    streams = floor(factor * share * load)

    Args:
        real_time_factor: in large batches. [times real time]
        single_stream_share: of it that is left with live, short pieces. [share]
        most_load: of the machine's speed that may be used. [share]

    References:
        [1] Arithmetic: a stream uses one second of sound per second.
    """
    return np.floor(real_time_factor * single_stream_share * most_load)


def first_sound_seconds(fixed_seconds: Quantity, first_piece_seconds: Quantity, real_time_factor: Quantity) -> Quantity:
    """Wait until a voice starts to be heard. [s]

    wait = fixed + first piece / factor

    References:
        [1] Arithmetic: the first piece must be made before it can be played.
    """
    return fixed_seconds + first_piece_seconds / real_time_factor


def machine_hours(audio_hours: Quantity, real_time_factor: Quantity) -> Quantity:
    """Machine hours for a collection of recordings. [h]

    hours = hours of audio / factor

    References:
        [1] As `speech_seconds`.
    """
    return audio_hours / real_time_factor


def spoken_hour_usd(usd_per_mchar: Quantity, characters_per_hour: Quantity = CHARACTERS_PER_HOUR) -> Quantity:
    """An hour of speech from a vendor that bills characters. [USD per hour of audio]

    cost = price per million characters * characters per hour / 1e6

    Args:
        usd_per_mchar: price. [USD per million characters]
        characters_per_hour: 54,000: 150 words a minute of six characters, space included. [characters]

    References:
        [1] Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019 (reading aloud: 183
            words a minute; voices speak somewhat slower: assumed).
    """
    return usd_per_mchar * characters_per_hour / MILLION
