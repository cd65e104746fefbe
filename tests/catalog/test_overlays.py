"""A company's own folder on top of ours: private models, negotiated prices, banned vendors; what wins, and what is wrong."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from recommender import CatalogError, load_catalog, recommend
from recommender.catalog.library import Library, read_library
from recommender.cli import main
from recommender.domain.records import Offer

NEGOTIATED = """name: Example
kind: host
checked: 2026-11-20
offers:
  - model: openai/gpt-5.4-mini
    prices:
      - {since: 2026-01-01, input_usd_per_mtok: 0.5, output_usd_per_mtok: 3, source: contract, as_of: 2026-11-20}
"""
CONTRACT = 'contract: {title: "Our contract of 2026", url: "https://example.org", licence: own, retrieved: 2026-11-20}\n'
PRIVATE = """name: House model
type: decoder_llm
weights: open
licence: apache-2.0
tasks: [chat]
input: [text]
output: [text]
provenance: {default: {source: contract, as_of: 2026-11-20}}
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    (folder / "offers").mkdir(parents=True)
    (folder / "sources.yaml").write_text(CONTRACT, encoding="utf-8")
    return folder


def merged(*folders: Path) -> Library:
    return read_library(folders)


def offer_of(library: Library) -> Offer:
    return library.providers["example"].offers[0]


def with_terms(folder: Path) -> None:
    """The base offer gets a name, regions and terms of its own."""
    offers = folder / "offers" / "example.yaml"
    terms = "    api_id: mini\n    regions: [eu]\n    privacy: {retention_days: 0}\n    prices:"
    text = offers.read_text(encoding="utf-8").replace("    prices:", terms)
    offers.write_text(text.replace("checked: 2026-11-20", "checked: 2026-11-20\nprivacy: {certifications: [iso27001]}"))


def test_a_negotiated_price_keeps_what_it_does_not_name(own_catalog: Path, overlay: Path) -> None:
    with_terms(own_catalog)
    (overlay / "offers" / "example.yaml").write_text(NEGOTIATED, encoding="utf-8")
    library = merged(own_catalog, overlay)
    offer = offer_of(library)
    assert [price.input_usd_per_mtok for price in offer.prices] == [0.5]  # ours alone, not the list price
    assert (offer.api_id, offer.regions) == ("mini", ("eu",))
    assert offer.privacy is not None and offer.privacy.retention_days == 0
    assert library.providers["example"].privacy.certifications == ("iso27001",)


def test_the_last_overlay_wins(own_catalog: Path, overlay: Path, tmp_path: Path) -> None:
    (overlay / "offers" / "example.yaml").write_text(NEGOTIATED, encoding="utf-8")
    upper = tmp_path / "team"
    (upper / "offers").mkdir(parents=True)
    (upper / "offers" / "example.yaml").write_text(NEGOTIATED.replace("mtok: 0.5", "mtok: 0.4"), encoding="utf-8")
    assert offer_of(merged(own_catalog, overlay, upper)).prices[0].input_usd_per_mtok == 0.4
    assert offer_of(merged(own_catalog, upper, overlay)).prices[0].input_usd_per_mtok == 0.5


def test_a_private_model_is_added(own_catalog: Path, overlay: Path) -> None:
    (overlay / "models" / "house").mkdir(parents=True)
    (overlay / "models" / "house" / "one.yaml").write_text(PRIVATE, encoding="utf-8")
    assert load_catalog(own_catalog, overlays=[overlay]).columns.models.ids == (
        "classical/linear",
        "house/one",
        "openai/gpt-5.4-mini",
    )


def test_one_machine_of_a_vendor_is_replaced_and_the_others_stay(own_catalog: Path, overlay: Path) -> None:
    before = {one.id: one for one in merged(own_catalog).hardware["nvidia"].accelerators}
    (overlay / "hardware").mkdir()
    (overlay / "hardware" / "nvidia.yaml").write_text(
        "name: NVIDIA\naccelerators:\n  - id: l4\n    name: Our L4\n    kind: datacenter\n    memory_gb: 24\n"
        "    provenance: {default: {source: contract, as_of: 2026-11-20}}\n",
        encoding="utf-8",
    )
    after = {one.id: one for one in merged(own_catalog, overlay).hardware["nvidia"].accelerators}
    assert after.keys() == before.keys()
    assert after["l4"].name == "Our L4"
    assert after["h100-sxm"] == before["h100-sxm"]


def ban(overlay: Path, text: str) -> None:
    (overlay / "bans.yaml").write_text(text, encoding="utf-8")


def test_a_banned_provider_is_gone_and_its_models_stay(own_catalog: Path, overlay: Path) -> None:
    ban(overlay, '- {provider: example, because: "no contract"}\n')
    library = merged(own_catalog, overlay)
    assert library.providers == {}
    assert "openai/gpt-5.4-mini" in library.models


def test_a_banned_maker_is_gone_wherever_it_runs(own_catalog: Path, overlay: Path) -> None:
    ban(overlay, '- {maker: OpenAI, because: "policy"}\n')
    library = merged(own_catalog, overlay)
    assert set(library.models) == {"classical/linear"}
    assert library.providers["example"].offers == ()


@pytest.mark.parametrize("words", ["model: openai/*", "licence: propriet*"])
def test_a_ban_may_be_a_pattern(words: str, own_catalog: Path, overlay: Path) -> None:
    ban(overlay, f'- {{{words}, because: "policy"}}\n')
    assert set(merged(own_catalog, overlay).models) == {"classical/linear"}


def test_a_ban_by_seat(own_catalog: Path, overlay: Path) -> None:
    offers = own_catalog / "offers" / "example.yaml"
    offers.write_text(
        offers.read_text(encoding="utf-8").replace("kind: host", "kind: host\nheadquarters: us"), encoding="utf-8"
    )
    ban(overlay, '- {headquarters: us, because: "policy"}\n')
    assert merged(own_catalog, overlay).providers == {}


def test_no_machine_is_rented_from_a_banned_cloud(own_catalog: Path, overlay: Path) -> None:
    ban(overlay, '- {provider: lambda, because: "no contract"}\n')
    machines = [one for vendor in merged(own_catalog, overlay).hardware.values() for one in vendor.accelerators]
    rented = {rental.provider for one in machines for rental in one.rentals}
    assert "lambda" not in rented
    assert "nebius" in rented


def test_a_successor_that_is_banned_is_no_successor(own_catalog: Path, overlay: Path) -> None:
    linear = own_catalog / "models" / "classical" / "linear.yaml"
    text = linear.read_text(encoding="utf-8").replace("weights: open", "weights: open\nsuccessor: openai/gpt-5.4-mini")
    linear.write_text(text, encoding="utf-8")
    ban(overlay, '- {maker: OpenAI, because: "policy"}\n')
    assert merged(own_catalog, overlay).models["classical/linear"].successor is None


def test_a_lower_folders_ban_holds_for_the_upper_ones(own_catalog: Path, overlay: Path, tmp_path: Path) -> None:
    ban(overlay, '- {provider: example, because: "no contract"}\n')
    upper = tmp_path / "team"
    (upper / "offers").mkdir(parents=True)
    (upper / "offers" / "example.yaml").write_text(NEGOTIATED, encoding="utf-8")
    assert merged(own_catalog, overlay, upper).providers == {}


def test_an_answer_never_names_what_is_banned(root: Path, overlay: Path) -> None:
    ask = {"task": "chat", "workload": {"requests_per_month": 10000}}
    free = recommend(ask, load_catalog(), detail="answer", draws=0)
    assert free.winner is not None and free.winner.deployment.provider is not None
    ban(overlay, f'- {{provider: {free.winner.deployment.provider}, because: "no contract"}}\n')
    bound = recommend(ask, load_catalog(root / "catalog", overlays=[overlay]), detail="answer", draws=0)
    named = {one.deployment.provider for one in (bound.winner, *bound.alternatives) if one is not None}
    assert free.winner.deployment.provider not in named


WRONG = {
    "a ban of nothing there": ('- {provider: exampel, because: x}\n', "ours/bans.yaml:1: no provider is called 'exampel'; did you mean 'example'?"),
    "a ban of two things": ("- {provider: example, maker: OpenAI, because: x}\n", "ours/bans.yaml:1: a ban names 2 things; give exactly one of"),
    "a ban without a thing": ("- {because: x}\n", "a ban names 0 things"),
    "a ban without a reason": ("- {provider: example}\n", "'because' is missing; add it"),
    "a ban in other words": ("- {vendor: example, because: x}\n", "'vendor' is not a field"),
}  # fmt: skip


@pytest.mark.parametrize("text, words", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_ban_is_named_with_its_line(text: str, words: str, own_catalog: Path, overlay: Path) -> None:
    ban(overlay, text)
    with pytest.raises(CatalogError) as caught:
        merged(own_catalog, overlay)
    assert words in str(caught.value)


def test_a_stray_file_is_not_passed_over(own_catalog: Path, overlay: Path) -> None:
    (overlay / "offer").mkdir()
    (overlay / "offer" / "example.yaml").write_text(NEGOTIATED, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"'offer' has no place in a catalog; did you mean 'offers'\?"):
        merged(own_catalog, overlay)


def test_a_fault_of_an_overlay_is_found_in_the_overlay(own_catalog: Path, overlay: Path) -> None:
    text = NEGOTIATED.replace("openai/gpt-5.4-mini", "openai/gpt-5.4-mnii")
    (overlay / "offers" / "example.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(own_catalog, overlays=[overlay])
    assert "ours/offers/example.yaml" in str(caught.value)
    assert "model 'openai/gpt-5.4-mnii' is not in the catalog; did you mean 'openai/gpt-5.4-mini'?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tuning_run: {low: 1, mid: 2, high: 3", "no formula reads an assumption 'tuning_run'; did you mean 'tuning_runs'?"),
        ("tuning_runs: {low: 0, mid: 2, high: 3", "'tuning_runs' may be nothing; keep it above 0"),
        ("tuning_runs: {low: -1, mid: 2, high: 3", "needs 0 <= low <= mid <= high"),
    ],
)
def test_an_assumption_that_nothing_reads_or_that_cannot_be_is_named(root: Path, overlay: Path, text: str, words: str) -> None:
    (overlay / "assumptions").mkdir(parents=True, exist_ok=True)
    about = 'unit: runs, why: "one\'s own", since: 2026-11-30, reference: {title: "one\'s own", retrieved: 2026-11-30}}'
    (overlay / "assumptions" / "own.yaml").write_text(f"{text}, {about}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape(words)):
        merged(root / "catalog", overlay)


def test_check_reads_overlays_too(own_catalog: Path, overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ban(overlay, '- {provider: exampel, because: "x"}\n')
    assert main(["catalog", "check", "--catalog", str(own_catalog), "--overlay", str(overlay)]) == 1
    assert "no provider is called 'exampel'" in capsys.readouterr().err


def test_an_answer_may_be_asked_with_an_overlay(
    own_catalog: Path, overlay: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (overlay / "offers" / "example.yaml").write_text(NEGOTIATED, encoding="utf-8")
    wish = tmp_path / "wish.yaml"
    wish.write_text("task: chat\nworkload: {requests_per_month: 100000}\n", encoding="utf-8")
    ask = ["recommend", str(wish), "--brief", "--json", "--catalog", str(own_catalog)]
    costs = []
    for more in ([], ["--overlay", str(overlay)]):
        assert main([*ask, *more]) == 0
        costs.append(json.loads(capsys.readouterr().out)["winner"]["estimates"]["monthly_cost_usd"]["mid"])
    assert costs[1] == pytest.approx(costs[0] * 2 / 3)  # 0.5 of 0.75 for input, 3 of 4.5 for output


def test_an_overlay_that_is_not_there_is_one_line(own_catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "check", "--catalog", str(own_catalog), "--overlay", "no/such"]) == 2
    assert capsys.readouterr().err.startswith("no/such: there is no such folder; ")


@pytest.mark.parametrize("ask", [["catalog", "check"], ["catalog", "show"], ["recommend", "examples/shop-support.yaml"]])
@pytest.mark.parametrize("is_there, words", [(False, "there is no such folder; "), (True, "it holds no catalog.yaml; ")])
def test_a_catalog_that_is_none_is_wrong_input_and_no_failed_check(
    ask: list[str], is_there: bool, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "empty"
    if is_there:
        folder.mkdir()
    assert main([*ask, "--catalog", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"{folder}: {words}") and err.count("\n") == 1


@pytest.mark.parametrize(
    "target, words", [("loop", "cannot be read: Too many levels of symbolic links"), (".", "is a link to")]
)
def test_a_folder_linked_to_itself_is_told_by_every_command(
    target: str, words: str, overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (overlay / "loop").symlink_to(target)
    assert main(["catalog", "check", "--overlay", str(overlay)]) == 1
    assert f"{overlay}/loop: {words}" in capsys.readouterr().err
    assert main(["recommend", "examples/shop-support.yaml", "--overlay", str(overlay)]) == 2
    assert f"{overlay}/loop: {words}" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_a_fault_of_the_check(
    overlay: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, listed = str(overlay / "offers"), os.scandir

    def scandir(path: Any) -> Any:
        if str(path) == locked:
            raise PermissionError(errno.EACCES, "Permission denied", locked)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert main(["catalog", "check", "--overlay", str(overlay)]) == 1
    assert capsys.readouterr().err == f"{locked}: cannot be read: Permission denied; let this user read it, or take it away\n"
    assert main(["recommend", "examples/shop-support.yaml", "--overlay", str(overlay)]) == 2
    assert f"{locked}: cannot be read: Permission denied" in capsys.readouterr().err


def test_bans_that_cannot_be_read_are_a_fault(
    overlay: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (overlay / "bans.yaml").write_text("- {provider: mistral, because: not ours}\n", encoding="utf-8")
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "bans.yaml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert main(["recommend", "examples/shop-support.yaml", "--overlay", str(overlay)]) == 2
    told = "ours/bans.yaml: cannot be read: Permission denied; let this user read it, or take it away\n"
    assert capsys.readouterr().err == told


LINEAR = "  - model: classical/linear\n    prices:\n      - {since: 2026-03-17, input_usd_per_mtok: 0.1, source: litellm, as_of: 2026-11-12}\n"
EXCHANGED = "{since: 2026-01-01, input_usd_per_mtok: 12, output_usd_per_mtok: 6, source: contract, as_of: 2026-11-20}"
EARLIER = "{since: 2025-01-01, input_usd_per_mtok: 0.5, output_usd_per_mtok: 3, source: contract, as_of: 2026-11-20}"


def test_a_fault_of_an_overlays_offer_points_to_its_row_and_names_its_model(own_catalog: Path, overlay: Path) -> None:
    """The offers that an overlay leaves alone stand before its own, so its rows are not counted as the merged ones are."""
    below, above = own_catalog / "offers" / "example.yaml", overlay / "offers" / "example.yaml"
    below.write_text(below.read_text(encoding="utf-8") + LINEAR, encoding="utf-8")
    negotiated = NEGOTIATED[: NEGOTIATED.index("{since")]
    above.write_text(f"{negotiated}{EXCHANGED}\n      - {EARLIER}\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(own_catalog, overlays=[overlay])
    mini = "openai/gpt-5.4-mini"
    assert [f"{one.where}: {one.what}" for one in caught.value.faults] == [
        f"ours/offers/example.yaml:7: {mini}: output at 6 is cheaper than input at 12",
        f"ours/offers/example.yaml:8: {mini}: prices are not in the order of their dates",
    ]
