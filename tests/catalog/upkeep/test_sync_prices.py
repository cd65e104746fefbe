"""A list's price against the catalog's: the example offer asks 0.75 in and 4.5 out since 2026-03-17, from litellm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from list_copies import genai, litellm

from recommender.catalog.library import digest_of, read_library
from recommender.cli import main
from recommender.domain.records import Price

ASK = {"input_mtok": 0.75, "output_mtok": 4.5}
PER_TOKEN = {"input_cost_per_token": 7.5e-07, "output_cost_per_token": 4.5e-06}


def prices(folder: Path) -> tuple[Price, ...]:
    return read_library((folder,)).providers["example"].offers[0].prices


def test_nothing_is_written_unless_asked(run, syncable: Path) -> None:
    before = digest_of((syncable,))
    out = run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06))
    assert "example/openai/gpt-5.4-mini prices: input_usd_per_mtok 0.75 -> input_usd_per_mtok 0.6" in out
    assert "Nothing was written. Add --apply" in out
    assert digest_of((syncable,)) == before


def test_a_change_of_the_same_list_is_appended_and_the_old_price_stays(run, syncable: Path) -> None:
    run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06), "--apply")
    old, new = prices(syncable)
    assert (old.since.isoformat(), old.input_usd_per_mtok) == ("2026-03-17", 0.75)
    assert (new.since.isoformat(), new.input_usd_per_mtok, new.output_usd_per_mtok) == ("2026-11-20", 0.6, 4.5)
    assert (new.source, new.as_of.isoformat(), new.status) == ("litellm", "2026-11-20", "single")


def test_the_same_copy_twice_changes_nothing_more(run, syncable: Path) -> None:
    changed = litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06, cache_read_input_token_cost=6e-08)
    run("litellm", changed, "--apply")
    before = digest_of((syncable,))
    assert "Nothing to write: the catalog has all of it." in run("litellm", changed, "--apply")
    assert digest_of((syncable,)) == before


def test_the_same_copy_gives_the_same_words(run) -> None:
    changed = litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06)
    assert run("litellm", changed) == run("litellm", changed)


def test_a_second_list_confirms(run, syncable: Path) -> None:
    run("genai-prices", genai(ASK), "--apply")
    assert [price.status for price in prices(syncable)] == ["agreed"]


def test_half_a_percent_is_agreement_and_more_is_not(run) -> None:
    assert "a second list confirms (1)" in run("genai-prices", genai({"input_mtok": 0.7537, "output_mtok": 4.5}))  # 0.49 %
    assert "conflicts to mark" in run("genai-prices", genai({"input_mtok": 0.7545, "output_mtok": 4.5}))  # 0.6 %


def test_a_conflict_keeps_the_old_value_and_says_what_the_other_list_has(run, syncable: Path) -> None:
    run("genai-prices", genai({"input_mtok": 1.0, "output_mtok": 4.5}), "--apply")
    (price,) = prices(syncable)
    assert (price.input_usd_per_mtok, price.status) == (0.75, "conflict")
    assert price.note == "genai-prices has 1 for input: cause not found; ours is kept until somebody reads the seller's page"
    assert "Nothing to write" in run("genai-prices", genai({"input_mtok": 1.0, "output_mtok": 4.5}), "--apply")


def test_an_older_copy_says_that_it_is_older(run, syncable: Path) -> None:
    run("genai-prices", genai({"input_mtok": 1.0, "output_mtok": 4.5}), "--apply", as_of="2026-08-01")
    assert "its copy is older (2026-08-01 against 2026-11-12)" in str(prices(syncable)[0].note)


def test_ten_percent_more_is_the_surcharge_of_a_region(run, syncable: Path) -> None:
    run("genai-prices", genai({"input_mtok": 0.825, "output_mtok": 4.95}), "--apply")  # 1.1 x 0.75 and 1.1 x 4.5
    assert "it lists the in-region surcharge of 10 %" in str(prices(syncable)[0].note)


def test_an_override_is_never_touched(run, offers: Path, syncable: Path) -> None:
    text = offers.read_text(encoding="utf-8")
    offers.write_text(text.replace("as_of: 2026-11-12}", 'as_of: 2026-11-12, status: override, note: "read on the page"}'))
    before = digest_of((syncable,))
    out = run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06), "--apply")
    assert "overrides that differ from the list: never touched (1)" in out
    assert digest_of((syncable,)) == before


def test_a_row_to_review_is_written_when_somebody_takes_it(run, offers: Path, syncable: Path) -> None:
    text = offers.read_text(encoding="utf-8").replace("as_of: 2026-11-12}", "as_of: 2026-11-12, status: agreed}")
    offers.write_text(text, encoding="utf-8")
    other = genai({"input_mtok": 0.6, "output_mtok": 3.6})
    assert "to review: nothing is written until somebody decides (1)" in run("genai-prices", other, "--apply")
    assert len(prices(syncable)) == 1
    run("genai-prices", other, "--accept", "example/openai/gpt-5.4-mini", "--apply")
    assert [price.input_usd_per_mtok for price in prices(syncable)] == [0.75, 0.6]


def test_taking_what_is_not_to_review_is_an_error(syncable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "empty_2026-11-20.json"
    copy.write_text("{}", encoding="utf-8")
    arguments = ["catalog", "sync", "litellm", str(copy), "--catalog", str(syncable), "--accept", "example/other"]
    assert main(arguments) == 2
    assert "--accept example/other: is not to review" in capsys.readouterr().err


def test_what_the_list_alone_knows_is_filled_with_its_name(run, syncable: Path) -> None:
    run("genai-prices", genai({**ASK, "cache_read_mtok": 0.075}), "--apply")
    (price,) = prices(syncable)
    assert price.cache_read_usd_per_mtok == 0.075
    assert price.note == "cache_read_usd_per_mtok from genai-prices (2026-11-20)"


def test_a_gate_keeps_the_file_as_it_was(run, syncable: Path) -> None:
    before = digest_of((syncable,))
    out = run("litellm", litellm(input_cost_per_token=7.5e-06, output_cost_per_token=4.5e-05), "--apply")  # ten times
    assert "turned away by a gate (1)" in out
    assert "input_usd_per_mtok moves from 0.75 to 7.5, more than 3 times" in out
    assert digest_of((syncable,)) == before


def test_an_announced_change_begins_on_its_own_day(run, syncable: Path) -> None:
    later = {"constraint": {"start_date": "2027-01-01"}, "prices": {"input_mtok": 1.5, "output_mtok": 9.0}}
    run("genai-prices", genai({"prices": ASK}, later), "--apply")
    assert [(price.since.isoformat(), price.input_usd_per_mtok) for price in prices(syncable)] == [
        ("2026-03-17", 0.75),
        ("2027-01-01", 1.5),
    ]


def test_dear_hours_of_the_day_are_not_the_price(run) -> None:
    dear = {"constraint": {"start_time": "08:00:00+00:00", "end_time": "18:00:00+00:00"}, "prices": {"input_mtok": 1.5}}
    assert "a second list confirms (1)" in run("genai-prices", genai({"prices": ASK}, dear))


def test_steps_of_the_same_list_are_compared(run, syncable: Path) -> None:
    steps = {"input_cost_per_token_above_200k_tokens": 1.5e-06, "output_cost_per_token_above_200k_tokens": 6.75e-06}
    run("litellm", litellm(**PER_TOKEN, **steps), "--apply")
    assert [tier.model_dump(exclude_none=True) for tier in prices(syncable)[-1].tiers] == [
        {"above_input_tokens": 200000, "input_usd_per_mtok": 1.5, "output_usd_per_mtok": 6.75}
    ]


def test_a_day_of_retirement_is_filled_in(run, syncable: Path) -> None:
    out = run("litellm", litellm(**PER_TOKEN, deprecation_date="2026-10-01"), "--apply")
    assert "retires: unknown -> 2026-10-01  (retired according to litellm)" in out
    offer = read_library((syncable,)).providers["example"].offers[0]
    assert offer.retires is not None and offer.retires.isoformat() == "2026-10-01"


def test_an_offer_that_left_its_list_is_named(run, offers: Path) -> None:
    text = offers.read_text(encoding="utf-8").replace("    prices:", "    api_id: mini-2\n    prices:")
    offers.write_text(text, encoding="utf-8")
    out = run("litellm", {"example/other": {"litellm_provider": "example"}})
    assert "no longer on the list they came from (1)" in out


def test_an_alias_brings_a_new_offer_in_at_its_place(run, syncable: Path) -> None:
    aliases = syncable / "aliases" / "genai-prices.yaml"
    aliases.write_text(aliases.read_text(encoding="utf-8").replace("{openai/", "{classical/linear: lin, openai/"))
    run("genai-prices", genai({"input_mtok": 0.1, "output_mtok": 0.2}, name="lin"), "--apply")
    offers = read_library((syncable,)).providers["example"].offers
    assert [offer.model for offer in offers] == ["classical/linear", "openai/gpt-5.4-mini"]
    assert offers[0].api_id == "lin"
    assert offers[0].prices[0].output_usd_per_mtok == 0.2


def test_only_some_records(run) -> None:
    out = run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06), "--only", "other/*")
    assert "Nothing to write." in out


def test_rows_that_nobody_has_are_named_on_request(run) -> None:
    out = run(
        "litellm", {**litellm(**PER_TOKEN), "example/new": {"litellm_provider": "example", "mode": "chat"}}, "--unmatched"
    )
    assert out.endswith("rows of known sellers that are not in the catalog\n  example: example/new\n")


def test_comments_order_and_quotes_stay(run, offers: Path) -> None:
    text = "# kept\n" + offers.read_text(encoding="utf-8").replace(
        "kind: host", "kind: host  # and this\nwebsite: 'https://example.org'"
    )
    offers.write_text(text, encoding="utf-8")
    run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06), "--apply")
    after = offers.read_text(encoding="utf-8")
    added = (
        "      - {since: 2026-11-20, input_usd_per_mtok: 0.6, output_usd_per_mtok: 4.5, source: litellm, as_of: 2026-11-20}\n"
    )
    assert after == text + added


def test_small_numbers_are_written_out(run, offers: Path) -> None:
    text = offers.read_text(encoding="utf-8").replace(
        "input_usd_per_mtok: 0.75, output_usd_per_mtok: 4.5", "usd_per_page: 0.00003"
    )
    offers.write_text(text, encoding="utf-8")
    run("litellm", litellm(mode="ocr", ocr_cost_per_page=2.5e-05), "--apply")
    assert "usd_per_page: 0.000025," in offers.read_text(encoding="utf-8")


def test_the_list_says_of_which_day_its_newest_copy_is(run, syncable: Path) -> None:
    run("litellm", litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06), "--apply")
    assert read_library((syncable,)).sources["litellm"].retrieved.isoformat() == "2026-11-20"


def test_a_result_with_faults_is_not_written(syncable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a gate ever miss something, the catalog's own check stands behind it."""
    monkeypatch.setattr("recommender.catalog.upkeep.judge_prices.refusal", lambda offered: None)
    copy = tmp_path / "copy_2026-11-20.json"
    copy.write_text(re.sub("'", '"', str(litellm(input_cost_per_token=9e-05, output_cost_per_token=9e-05))), encoding="utf-8")
    before = digest_of((syncable,))
    assert main(["catalog", "sync", "litellm", str(copy), "--catalog", str(syncable), "--apply"]) == 2
    assert digest_of((syncable,)) == before


def test_when_one_file_cannot_be_moved_none_is(run, syncable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    before, moves = digest_of((syncable,)), []
    real = os.replace

    def second_fails(source: str, target: str) -> None:
        moves.append(target)
        if len(moves) == 2:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr("recommender.whole_files.os.replace", second_fails)
    copy = tmp_path / "copy_2026-11-21.json"
    copy.write_text(re.sub("'", '"', str(litellm(input_cost_per_token=6e-07, output_cost_per_token=4.5e-06))), encoding="utf-8")
    assert main(["catalog", "sync", "litellm", str(copy), "--catalog", str(syncable), "--apply"]) == 2
    assert moves[0] == moves[2] != moves[1]  # the third puts the first back
    assert digest_of((syncable,)) == before
    assert sorted(path.suffix for path in (syncable / "offers").iterdir()) == [".yaml"]
