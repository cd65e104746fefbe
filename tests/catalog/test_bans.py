"""Bans fail closed: what a maker publishes is out whatever the catalog states of it, and what no ban could judge is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender import load_catalog
from recommender.catalog.bans import Ban, banned_models, banned_providers, doubts, why_banned
from recommender.catalog.library import Library, read_library
from recommender.catalog.overlays import clouds_of
from recommender.cli import main
from recommender.domain.records import Model

NEEDS = "task: chat\n"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_catalog().library()


def _out(library: Library, **pattern: str) -> set[str]:
    return {one.id for one in banned_models((Ban(because="Policy.", **pattern),), library.models)}


@pytest.mark.parametrize(
    ("maker", "names"),
    [
        ("Google", ("google/yamnet", "google/mt5-base", "google-bert/bert-large-uncased", "albert/albert-base-v2")),
        ("Meta", ("facebook/bart-base", "meta-llama/llama-1", "codellama/codellama-7b-instruct-hf")),
        ("Alibaba", ("alibaba-nlp/gte-modernbert-base", "thenlper/gte-large", "wan-ai/wan2.2-ti2v-5b")),
        ("Tencent", ("tencent/hy3", "tencent/hunyuanvideo-1.5")),
        ("Stability AI", ("stabilityai/stable-diffusion-1.5",)),  # states no maker: by the first part of its id
        ("hexgrad", ("hexgrad/kokoro-82m",)),  # nobody states it: by its id alone
    ],
)
def test_a_banned_makers_models_are_out_wherever_they_stand(library: Library, maker: str, names: tuple[str, ...]) -> None:
    assert set(names) <= _out(library, maker=maker)


@pytest.mark.parametrize("maker", ["Google", "Meta", "Alibaba", "Microsoft", "NVIDIA"])
def test_nothing_under_a_banned_makers_name_stays_but_what_states_another(library: Library, maker: str) -> None:
    out = _out(library, maker=maker)
    firsts = {name.split("/")[0] for name in out}
    left = {name: model.maker for name, model in library.models.items() if name.split("/")[0] in firsts and name not in out}
    assert all(stated is not None and stated != maker for stated in left.values()), left


def test_what_states_another_maker_stays() -> None:
    record = {
        "type": "embedding", "weights": "open", "licence": "mit", "tasks": ["semantic_search"], "input": ["text"], "output": ["text"], "provenance": {},
    }  # fmt: skip
    models = {
        f"lab/{name}": Model.model_validate({**record, "name": name, "maker": maker}, strict=False)
        for name, maker in (("mine", "Lab"), ("theirs", "Other"), ("nobodys", None))
    }
    assert {one.id for one in banned_models((Ban(maker="Lab", because="x"),), models)} == {"lab/mine", "lab/nobodys"}


def test_what_no_ban_could_judge_is_told(library: Library) -> None:
    told = doubts((Ban(licence="cc-by-nc-*", because="x"), Ban(maker="Google", because="x")), library.models)
    unread = sum(model.licence == "unread" for model in library.models.values())
    assert any(f"could not judge {unread} models whose licence nobody has read yet" in one for one in told)
    assert any("whose maker the catalog does not state" in one for one in told)
    assert doubts((Ban(provider="openai", because="x"),), library.models) == ()


def test_methods_are_nobodys(library: Library) -> None:
    (told,) = doubts((Ban(maker="Google", because="x"),), library.models)
    assert "classical/" not in told


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "bans.yaml").write_text(
        '- {maker: Google, because: "Policy of 2026."}\n- {licence: "cc-by-nc-*", because: "No."}\n', encoding="utf-8"
    )
    (tmp_path / "needs.yaml").write_text(NEEDS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("asked", ["google/gemini-2.5-flash", "zero_shot/google/gemini-2.5-flash/google", "Gemini 2.5 Flash"])
def test_compare_gives_the_bans_own_reason(overlay: Path, capsys: pytest.CaptureFixture[str], asked: str) -> None:
    assert main(["compare", str(overlay.parent / "needs.yaml"), asked, "zero_shot", "--overlay", str(overlay)]) == 0
    told = capsys.readouterr()
    assert "google/gemini-2.5-flash is banned: Policy of 2026." in told.out
    assert "warning: the ban of licence 'cc-by-nc-*' could not judge" in told.err


def test_show_and_recipe_give_it_too(overlay: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "google/yamnet", "--overlay", str(overlay)]) == 2
    assert "google/yamnet is banned: Policy of 2026.; an overlay's bans.yaml takes it out" in capsys.readouterr().err
    needs, out = str(overlay.parent / "needs.yaml"), str(tmp_path / "out")
    assert main(["recipe", needs, "zero_shot/google/gemini-2.5-flash", "--overlay", str(overlay), "--out", out]) == 2
    assert "is banned: Policy of 2026." in capsys.readouterr().err


def test_check_counts_what_bans_take_and_could_not_judge(overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "check", "--overlay", str(overlay)]) == 0
    told = capsys.readouterr().out
    assert "bans: 2, which take out " in told and "note: the ban of licence 'cc-by-nc-*' could not judge" in told


def test_what_is_not_banned_has_no_reason(library: Library) -> None:
    banned = banned_models((Ban(model="google/gemini-2.5-flash", because="x"),), library.models)
    assert (
        why_banned(banned, "google/gemini-2.5-flash-lite") is None and why_banned(banned, "google/gemini-2.5-flash") is not None
    )


def test_what_others_made_out_of_a_banned_model_is_told(overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (overlay / "bans.yaml").write_text('- {maker: Meta, because: "Policy."}\n', encoding="utf-8")
    assert main(["catalog", "check", "--overlay", str(overlay)]) == 0
    assert "that others made out of a banned one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ban", "asked", "who"),
    [
        ("provider: cloudflare", "cloudflare", "cloudflare"),
        ("provider: cloudflare", "Cloudflare", "cloudflare"),
        ("provider: cloudflare", "rag/zai-org/glm-5.3-flash/cloudflare", "cloudflare"),
        ("provider: runpod", "runpod", "runpod"),  # rents out machines, and sells no model
    ],
)
def test_compare_gives_the_reason_of_a_providers_ban(
    overlay: Path, capsys: pytest.CaptureFixture[str], ban: str, asked: str, who: str
) -> None:
    (overlay / "bans.yaml").write_text(f'- {{{ban}, because: "No contract."}}\n', encoding="utf-8")
    assert main(["compare", str(overlay.parent / "needs.yaml"), asked, "zero_shot", "--overlay", str(overlay)]) == 0
    assert f"{asked} is out: {who} is banned: No contract." in capsys.readouterr().out


def test_a_banned_seat_gives_its_reason_and_a_maker_of_the_same_name_does_not(library: Library) -> None:
    seats = (Ban(headquarters=library.providers["openai"].headquarters, because="x"),)
    assert why_banned(banned_providers(seats, library.providers, ()), "openai") == "openai is banned: x"
    banned = banned_providers((Ban(provider="openai", because="x"),), library.providers, ("runpod",))
    assert [one.id for one in banned] == ["openai"]
    assert why_banned(banned, "zero_shot/openai/gpt-5.4/openai") == "openai is banned: x"
    assert why_banned(banned, "zero_shot/openai/gpt-5.4/azure") is None and why_banned(banned, "openai/gpt-5.4") is None


def test_who_is_banned_by_its_seat_rents_out_no_machines_either(root: Path, overlay: Path, library: Library) -> None:
    seat = library.providers["nebius"].headquarters
    (overlay / "bans.yaml").write_text(f'- {{headquarters: {seat}, because: "x"}}\n', encoding="utf-8")
    left = read_library((root / "catalog", overlay))
    assert "nebius" in clouds_of(library) and "nebius" not in clouds_of(left)
