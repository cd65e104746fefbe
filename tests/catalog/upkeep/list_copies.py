"""Copies of lists with one row, as a test wants them."""

from __future__ import annotations

from typing import Any


def genai(*prices: Any, name: str = "mini") -> list[dict[str, Any]]:
    """A copy of genai-prices with one model."""
    return [{"id": "example", "models": [{"id": name, "prices": prices[0] if len(prices) == 1 else list(prices)}]}]


def litellm(**row: Any) -> dict[str, Any]:
    """A copy of LiteLLM's table with one row."""
    return {"example/mini": {"litellm_provider": "example", "mode": "chat", **row}}
