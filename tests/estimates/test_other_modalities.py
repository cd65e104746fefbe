"""Sound, pictures, encoders, devices, energy and queues: known answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from machines import UNKNOWN

from recommender import Catalog
from recommender.domain.parameters import Physics, physics_of
from recommender.estimates.audio import scaled_real_time_factor, speech_seconds, streams_per_machine
from recommender.estimates.encoder import EncoderMachine, item_seconds, items_per_second, machines_for, rerank_seconds
from recommender.estimates.energy import (
    Machines,
    embodied_grams_per_1k,
    grams_per_1k,
    joules_per_token,
    power_share,
    vendor_grams_per_1k,
)
from recommender.estimates.image import Denoiser, Drawing, drawing_seconds
from recommender.estimates.latency import path_ms, queue_seconds, slow_seconds, stream_seconds
from recommender.estimates.local_speed import LocalDevice, LocalModel, local_speed, share_on_accelerator


@pytest.fixture(scope="module")
def fitted(catalog: Catalog) -> Physics:
    return physics_of(catalog.columns.calibration)


def test_an_hour_of_sound() -> None:
    assert speech_seconds(60.0, 69.0) == pytest.approx(52.17, abs=0.01)  # 3,600 s / 69
    assert scaled_real_time_factor(69.0, 312.0, 156.0) == pytest.approx(34.5)
    assert scaled_real_time_factor(69.0, 312.0, 3120.0) == 138.0  # a faster machine helps at most twofold
    assert streams_per_machine(69.0, 0.15, 0.7) == 7.0  # 69 * 0.15 * 0.7 = 7.2


def test_encoders_alone_and_in_batches() -> None:
    machine = EncoderMachine(tflops=125.0, efficiency=0.25, fixed_s=0.003, bandwidth_gbps=900.0)
    # forward: 2 * 0.1e9 * 200 / (125e12 * 0.25) = 1.28 ms; 64 of them and 3 ms once: 64 / 0.08492 s
    assert items_per_second(0.1, 200.0, machine) == pytest.approx(753.65, abs=0.01)
    assert item_seconds(0.1, 200.0, machine) == pytest.approx(0.00428)  # 3 ms + 1.28 ms
    assert rerank_seconds(0.1, 200.0, 50.0, machine) == pytest.approx(0.067)  # 3 ms + 50 * 1.28 ms
    assert machines_for(30.0, 0.1, 0.7) == 5.0  # 3 busy machines over 0.7
    assert machines_for(0.0, 0.1, 0.7) == 1.0


def test_a_device_reads_its_weights_for_every_token(fitted: Physics) -> None:
    model, device = LocalModel(8.0, 8.0, 4.894, 0.0), LocalDevice(24.0, 936.0)
    reading = 8.0 * 4.894 / 8.0 / (936.0 * fitted.local.dense_share)
    assert local_speed(model, device, fitted.local) == pytest.approx(1.0 / (reading + fitted.local.dense_ms / 1000.0))
    assert share_on_accelerator(LocalModel(70.6, 70.6, 4.894, 0.0), device, fitted.local) < 0.5
    assert local_speed(LocalModel(35.0, 3.0, 4.894, 1.0), device, fitted.local) > 2.0 * local_speed(
        LocalModel(35.0, 35.0, 4.894, 0.0), device, fitted.local
    )


@given(st.floats(0.5, 70.0), st.floats(4.0, 64.0), st.floats(50.0, 2000.0), st.floats(1.0, 3.0))
def test_more_memory_or_bandwidth_never_slows_a_device(
    catalog: Catalog, parameters: float, memory: float, bandwidth: float, times: float
) -> None:
    local = physics_of(catalog.columns.calibration).local
    model = LocalModel(parameters, parameters, 4.5, 0.0)
    plain = local_speed(model, LocalDevice(memory, bandwidth), local)
    assert local_speed(model, LocalDevice(memory, bandwidth * times), local) >= plain * (1 - 1e-9)


def test_pictures_take_longer_with_steps_and_less_on_faster_machines(fitted: Physics) -> None:
    flux = Denoiser(12.0, 57.0, 1.0)
    one = drawing_seconds(flux, Drawing(1.0, 1024.0, 28.0, 989.0), fitted.image)
    assert one == pytest.approx(7.5, rel=0.5)  # published runs on one H100 lie between 5 and 10 s
    assert drawing_seconds(flux, Drawing(1.0, 1024.0, 56.0, 989.0), fitted.image) > 1.8 * one
    assert drawing_seconds(flux, Drawing(1.0, 1024.0, 28.0, 2250.0), fitted.image) < one
    # On a processor of 2.5 TFLOP/s the arithmetic takes 989 / 2.5 times as long: no slower machine is used better than an H100.
    slow, quick = (
        float(drawing_seconds(Denoiser(32.0, 0.0), Drawing(1.0, 1024.0, 28.0, one), fitted.image)) for one in (2.5, 989.0)
    )
    fixed = fitted.image.decoder_s
    assert (slow - fixed) / (quick - fixed) == pytest.approx(989.0 / 2.5)
    columns = drawing_seconds(flux, Drawing(np.array([1.0, 4.0]), 1024.0, 28.0, 989.0), fitted.image)
    assert columns[0] == pytest.approx(one) and columns[1] > columns[0]


def test_energy_of_a_token_and_carbon_of_a_thousand_answers(fitted: Physics) -> None:
    # 700 W * 2 * 0.8 * 0.03 s / 64 = 0.525 J
    assert joules_per_token(Machines(700.0, 2.0), 0.03, 64.0, 0.8) == pytest.approx(0.525)
    # 1,400 W * 3 s * 1,000 / 3.6e6 = 1.1667 kWh; * 1.2 * 384 g
    assert grams_per_1k(1400.0, 3.0, 1.2, 384.0) == pytest.approx(537.6)
    assert grams_per_1k(1400.0, 3.0, 1.2, 44.0) == pytest.approx(61.6)  # the same in France
    assert vendor_grams_per_1k(500.0, 0.15) == pytest.approx(75.0)
    # 3,000 s of 94,608,000 s; 2 of 8 accelerators: 0.25 * 5,700 kg + 2 * 164 kg = 1,753 kg
    assert embodied_grams_per_1k(3.0, Machines(700.0, 2.0)) == pytest.approx(55.6, abs=0.1)
    assert power_share(1.0, fitted.energy) == pytest.approx(fitted.energy.full_share)
    assert power_share(0.1, fitted.energy) < power_share(0.9, fitted.energy)


def test_a_queue_of_one_machine_is_the_textbooks() -> None:
    # M/M/1: service * load / (1 - load) = 0.4 * 0.5 / 0.5
    assert queue_seconds(0.4, 0.5, 1.0) == pytest.approx(0.4)
    assert queue_seconds(0.4, 0.0, 1.0) == 0.0
    # three machines at 0.6: 0.4 * 0.6 ^ (sqrt(8) - 1) / (3 * 0.4) = 0.131 s; Erlang C gives 0.118
    assert queue_seconds(0.4, 0.6, 3.0) == pytest.approx(0.131, abs=0.001)
    assert slow_seconds(0.4, 0.131) == pytest.approx(0.793)
    assert stream_seconds(0.5, 101.0, 0.02) == pytest.approx(2.5)
    assert path_ms(80.0, 30.0, 900.0) == 1010.0


@given(st.floats(0.01, 5.0), st.floats(0.0, 1.5), st.floats(0.0, 1.0), st.integers(1, 50))
def test_a_higher_load_never_shortens_a_queue(service: float, load: float, more: float, servers: int) -> None:
    assert queue_seconds(service, load + more, float(servers)) >= queue_seconds(service, load, float(servers))


def test_an_unknown_speed_gives_an_unknown_time(fitted: Physics) -> None:
    assert np.isnan(speech_seconds(60.0, UNKNOWN))
    assert np.isnan(local_speed(LocalModel(UNKNOWN, UNKNOWN, 4.5, 0.0), LocalDevice(24.0, 936.0), fitted.local))
    assert np.isnan(drawing_seconds(Denoiser(UNKNOWN), Drawing(1.0, 1024.0, 28.0, 989.0), fitted.image))
