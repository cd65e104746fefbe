"""What is wrong with offers as a whole: prices out of all proportion, free amounts nobody is billed in, regions nobody can name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from recommender.catalog.fault_words import dangling, line_of, silent
from recommender.catalog.library import Library
from recommender.catalog.model_checks import id_fault, window_faults
from recommender.domain.codes import REGION_CODES
from recommender.domain.record import record
from recommender.domain.records import FreeAmount, HostedTuning, Model, Offer, Price, Privacy, Tier
from recommender.domain.words import LANGUAGE_MODELS
from recommender.errors import Fault

MOST_INPUT_USD = 60.0
MOST_OUTPUT_USD = 200.0
LEAST_OUTPUT_SHARE = 0.99  # of the input price
# Of these the output is short, free or not text, so it may well cost less than the input.
OUTPUT_MAY_BE_CHEAP = frozenset(("embedding", "reranker", "moderation", "translation", "image_generation", "asr", "encoder"))
# Well below the lowest price that anybody asks; a price per token stays below it even where it is the dearest of all.
LEAST_USD = {
    "usd_per_mtok": (0.0005, "a price per token: multiply it by a million"),
    "audio_input_usd_per_minute": (0.0001, "a price per second: multiply it by 60"),
    "audio_output_usd_per_minute": (0.0015, "a price per second: multiply it by 60"),
    "usd_per_million_characters": (0.5, "a price per character: multiply it by a million"),
    "usd_per_image": (0.0003, "a price in another unit: write the price of one picture"),
    "usd_per_page": (0.00002, "a price in another unit: write the price of one page"),
    "usd_per_video_second": (0.005, "a price in another unit: write the price of one second"),
    "usd_per_thousand_searches": (0.1, "a price per search: multiply it by a thousand"),
}
BILLED_IN = {
    "tokens": ("input_usd_per_mtok", "output_usd_per_mtok"),
    "audio_minutes": ("audio_input_usd_per_minute", "audio_output_usd_per_minute"),
    "characters": ("usd_per_million_characters",),
    "images": ("usd_per_image", "usd_per_page"),
    "pages": ("usd_per_page", "usd_per_image"),
}  # requests and money count whatever is billed
REGIONS_KNOWN_AS = {
    "europe": "eu", "european union": "eu", "emea": "eu", "usa": "us", "united states": "us", "united kingdom": "uk",
    "switzerland": "ch", "japan": "jp", "gb": "uk", "ue": "eu",
}  # fmt: skip
KEPT = {  # what a price may hold beside what is asked for a unit
    "cache_read_usd_per_mtok": "a price of cached input", "cache_write_usd_per_mtok": "a price of writing the cache",
    "batch_multiplier": "a batch discount", "tiers": "prices of long inputs", "regional_uplift": "a surcharge for a region",
}  # fmt: skip
USUAL_REGIONS = ("eu", "us", "uk", "ch", "jp", "ca", "au", "in")


def offer_faults(library: Library) -> Iterator[Fault]:
    """Every fault of providers and their offers that shows only beside other files, or beside other prices."""
    for name, provider in library.providers.items():
        file = f"offers/{name}.yaml"
        yield from id_fault(library, file, name)
        own = [offer for offer in provider.offers if "free" not in offer.model_fields_set]
        where = partial(line_of, library, file)
        yield from _free(library, where, provider.free, own)
        yield from _regions(where, provider.privacy)
        if provider.address and provider.address.source not in library.sources:
            yield dangling(where("address"), "source", provider.address.source, library.sources)
        seen: set[str] = set()
        for place, offer in enumerate(provider.offers):
            row = _Row(library, file, place, offer.model)
            if offer.model in seen:
                yield Fault(row.where("model"), f"'{offer.model}' is offered twice", "keep one")
            seen.add(offer.model)
            yield from _offer(library, row, offer)


@record
class _Row:
    """Where an offer stands in its provider's file. An overlay's file holds only some of the offers, so its place is looked up there."""

    library: Library
    file: str
    place: int
    model: str

    def path(self, *inner: str | int) -> tuple[str | int, ...] | None:
        """The path of a part of the offer in its file; None where the file that lies on top does not have the offer."""
        document = self.library.documents.get(self.file)
        written = (document.value.get("offers") or ()) if document else ()
        if self.place < len(written) and written[self.place]["model"] == self.model:
            return ("offers", self.place, *inner)
        found = next((place for place, one in enumerate(written) if one["model"] == self.model), None)
        return None if found is None else ("offers", found, *inner)

    def where(self, *inner: str | int) -> str:
        """`file:line` of a part of the offer."""
        path = self.path(*inner)
        return f"catalog/{self.file}" if path is None else line_of(self.library, self.file, *path)

    def named(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Faults that do not say themselves of which model they are."""
        return (replace(fault, what=f"{self.model}: {fault.what}") for fault in faults)


def _offer(library: Library, row: _Row, offer: Offer) -> Iterator[Fault]:
    yield from row.named(_free(library, row.where, offer.free, [offer]))
    if offer.model not in library.models:
        yield dangling(row.where("model"), "model", offer.model, library.models)
    if not offer.prices:
        yield Fault(row.where("model"), f"the offer of '{offer.model}' has no price", "leave the offer out")
    yield from row.named(_prices(library, row, offer))
    yield from row.named(region_faults(row.where("regions"), offer.regions))
    yield from row.named(_regions(row.where, offer.privacy))
    if offer.window is not None and offer.window.source not in library.sources:
        yield dangling(row.where("window"), "source", offer.window.source, library.sources)
    if offer.window is not None and offer.model in library.models:
        tokens, kind = offer.window.context_tokens, library.models[offer.model].type
        yield from row.named(window_faults(row.where("window"), "window.context_tokens", tokens, kind))
    if offer.fine_tuning is not None:
        where = row.where("fine_tuning")
        yield from row.named(silent(where, "a tuning price", offer.fine_tuning))
        yield from row.named(_slips(where, offer.fine_tuning, offer.fine_tuning.status == "override"))


def _prices(library: Library, row: _Row, offer: Offer) -> Iterator[Fault]:
    for order, price in enumerate(offer.prices):
        where = row.where("prices", order)
        if price.source not in library.sources:
            yield dangling(where, "source", price.source, library.sources)
        if order and price.since <= offer.prices[order - 1].since:
            yield Fault(where, "prices are not in the order of their dates", "append the newest last")
        yield from _proportions(where, price)
        model = library.models.get(offer.model)
        if model is not None and price.status != "override":
            yield from _exchanged(where, price, model)
            yield from _half(where, price, model)
        yield from silent(where, "a price", price)


def _exchanged(where: str, price: Price, model: Model) -> Iterator[Fault]:
    """Prices of input and output in each other's place, also those of long inputs."""
    records: tuple[Price | Tier, ...] = (price, *price.tiers)
    for one in records:
        what = exchanged(one.input_usd_per_mtok, one.output_usd_per_mtok, model.type)
        if what is not None:
            yield Fault(where, what, "see whether the two were exchanged, or mark it override if they are right")


def _half(where: str, price: Price, model: Model) -> Iterator[Fault]:
    what = None if price.is_free else half_priced(price.input_usd_per_mtok, price.output_usd_per_mtok, model.type)
    if what is not None:
        yield Fault(where, what, "add what is missing, or mark it override if nothing is asked for it")


def half_priced(asked: float | None, answered: float | None, model_type: str) -> str | None:
    """What is wrong with a price of one side alone of what is written token by token: its bill cannot be told."""
    if model_type not in LANGUAGE_MODELS or (asked is None) == (answered is None):
        return None
    given, lacking = ("input", "output") if answered is None else ("output", "input")
    return f"a price of {given} without one of {lacking}"


def exchanged(asked: float | None, answered: float | None, model_type: str) -> str | None:
    """What is wrong with a price of output below that of input; writing costs no less than reading."""
    if asked and answered and model_type not in OUTPUT_MAY_BE_CHEAP and answered < LEAST_OUTPUT_SHARE * asked:
        return f"output at {answered:g} is cheaper than input at {asked:g}"
    return None


def dropped_prices(library: Library) -> Iterator[Fault]:
    """Entries that lose what the one before them said. A catalog answers all the same; whoever checks it should know."""
    for name, provider in library.providers.items():
        for place, offer in enumerate(provider.offers):
            row = _Row(library, f"offers/{name}.yaml", place, offer.model)
            for order, (before, after) in enumerate(pairwise(offer.prices), start=1):
                yield from row.named(_dropped(row.where("prices", order), before, after))


def _dropped(where: str, before: Price, after: Price) -> Iterator[Fault]:
    """What the entry before had and this one is silent about: an entry stands alone, so it would be unknown from its day on."""
    lost = [words for field, words in KEPT.items() if getattr(before, field) and not getattr(after, field)]
    if lost and not after.note and not after.is_free:
        remedy = "say it again where it still holds, or say in a note that it ended"
        yield Fault(where, f"the entry before had {', '.join(lost)}; this one has none", remedy)


def _free(
    library: Library, where_is: Callable[..., str], amounts: tuple[FreeAmount, ...], offers: Iterable[Offer]
) -> Iterator[Fault]:
    """Free amounts of some offers, each held against what those are billed in."""
    prices = [price for offer in offers for price in offer.prices] if amounts else []
    for order, amount in enumerate(amounts):
        where = where_is("free", order)
        if amount.source not in library.sources:
            yield dangling(where, "source", amount.source, library.sources)
        if order and amount.since <= amounts[order - 1].since:
            yield Fault(where, "free amounts are not in the order of their dates", "append the newest last")
        fields = BILLED_IN.get(amount.unit, ())
        if fields and all(getattr(price, field) is None for price in prices for field in fields):
            unit = amount.unit.replace("_", " ")
            remedy = "give the amount in a unit of the prices, or in usd"
            yield Fault(where, f"{unit} are free, but no price here is for {unit}", remedy)


def _proportions(where: str, price: Price) -> Iterator[Fault]:
    """Sanity gates: what is outside has been a mistake of the source in every case seen."""
    asked, answered = price.input_usd_per_mtok, price.output_usd_per_mtok
    is_allowed = price.status == "override"
    if asked is not None and asked > MOST_INPUT_USD and not is_allowed:
        yield Fault(
            where, f"input at {asked} USD per million tokens is above {MOST_INPUT_USD}", "check it, then mark it override"
        )
    if answered is not None and answered > MOST_OUTPUT_USD and not is_allowed:
        yield Fault(
            where, f"output at {answered} USD per million tokens is above {MOST_OUTPUT_USD}", "check it, then mark it override"
        )
    if asked and price.cache_read_usd_per_mtok is not None and price.cache_read_usd_per_mtok > asked:
        yield Fault(where, "reading the cache costs more than plain input", "check the two prices")
    if asked == 0 and not answered and not price.is_free:
        yield Fault(where, "the price is zero", "leave it out if unknown, or say is_free: true")
    yield from _slips(where, price, is_allowed)
    for tier in price.tiers:
        yield from _slips(where, tier, is_allowed)


def _slips(where: str, record: Price | Tier | HostedTuning, is_allowed: bool) -> Iterator[Fault]:
    """Prices so low that they must be of a smaller unit; nothing at all is said apart, by `is_free`."""
    for field in type(record).model_fields:
        slip = None if is_allowed else slip_of_unit(field, getattr(record, field))
        if slip is not None:
            yield Fault(where, slip[0], f"{slip[1]}, or mark it override if it is right")


def slip_of_unit(field: str, usd: object) -> tuple[str, str] | None:
    """What is wrong with a price that is below all others in its unit, and what it looks like; None where nothing is."""
    least, looks_like = LEAST_USD.get("usd_per_mtok" if field.endswith("_usd_per_mtok") else field, (0.0, ""))
    if not isinstance(usd, float) or not 0 < usd < least:
        return None
    shown = f"{usd:.12f}".rstrip("0")
    return f"{field} {shown} is below {least:g}, less than anybody asks", f"it looks like {looks_like}"


def _regions(where_is: Callable[..., str], terms: Privacy | None) -> Iterator[Fault]:
    for field in ("inference_regions", "storage_regions") if terms else ():
        yield from region_faults(where_is("privacy", field), getattr(terms, field))


def region_faults(where: str, regions: tuple[str, ...] | None) -> Iterator[Fault]:
    """Words that no request can name, so that nothing would ever be found there."""
    for word in regions or ():
        if word not in REGION_CODES:
            yield Fault(where, f"'{word}' is no region that a request can name", _meant(word.lower()))


def _meant(word: str) -> str:
    first = word.replace("_", "-").partition("-")[0]
    meant = REGIONS_KNOWN_AS.get(word) or (first if first in USUAL_REGIONS else None)
    return f"did you mean '{meant}'?" if meant else "write two letters, such as eu, us, uk, ch or jp"
