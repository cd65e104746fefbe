"""More tokens never cost less, a cheaper price never costs more, whatever the tiers."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from recommender.estimates.token_cost import TokenPrices, Tokens, token_cost

price = st.floats(0.0, 100.0)
maybe_price = st.one_of(st.just(float("nan")), price)
amount = st.floats(0.0, 500_000.0)
growth = st.floats(0.0, 300_000.0)


@st.composite
def any_prices(draw: st.DrawFn) -> TokenPrices:
    """Prices as vendors have them: a cached token costs no more than a plain one, a tier no less than the plain price."""
    plain, answer = draw(price), draw(price)
    read = draw(st.one_of(st.just(float("nan")), st.floats(0.0, 1.0)))
    write = draw(st.one_of(st.just(float("nan")), st.floats(1.0, 2.0)))
    above = draw(st.one_of(st.just(float("nan")), st.floats(1000.0, 300_000.0)))
    times = draw(st.floats(1.0, 5.0))
    return TokenPrices(
        plain, answer, plain * read, above, plain * times, answer * times, draw(st.floats(0.1, 1.2)), plain * write
    )


@given(any_prices(), amount, amount, growth, growth)
def test_more_tokens_never_cost_less(prices: TokenPrices, sent: float, got: float, more_sent: float, more_got: float) -> None:
    fewer = token_cost(prices, Tokens(sent, 0.0, got))
    assert token_cost(prices, Tokens(sent + more_sent, 0.0, got + more_got)) >= fewer * (1 - 1e-9)


@given(any_prices(), amount, amount, st.floats(0.0, 1.0))
def test_cached_input_never_costs_more_than_plain_input(prices: TokenPrices, sent: float, got: float, share: float) -> None:
    cached = token_cost(prices, Tokens(sent, share * sent, got))
    assert cached <= token_cost(prices, Tokens(sent, 0.0, got)) * (1 + 1e-9) + 1e-12


@given(any_prices(), amount, amount, st.floats(0.0, 1.0), st.sampled_from([one.name for one in fields(TokenPrices)]))
def test_a_cheaper_price_never_costs_more(prices: TokenPrices, sent: float, got: float, share: float, name: str) -> None:
    if name == "tier_above":
        return  # a length, not a price
    cheaper = replace(prices, **{name: getattr(prices, name) * share})
    tokens = Tokens(sent, 0.0, got)
    assert token_cost(cheaper, tokens) <= token_cost(prices, tokens) * (1 + 1e-9) + 1e-12
