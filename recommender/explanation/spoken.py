"""What is not known of the languages of the models that hear and speak beside an option."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.decision.languages import parts_speak
from recommender.rules.columns import UNKNOWN

KIND_OF_ROLE = {"speech input": "asr", "speech output": "tts"}


def of_speech(decision: Decision, row: int) -> tuple[str, ...]:
    """A sentence for each of them whose maker lists no languages."""
    models, told = decision.columns.models, []
    for part in decision.estimates.parts:
        model, kind = int(part.model[row]), KIND_OF_ROLE.get(part.role)
        if kind is None or not part.applies[row] or model < 0:
            continue
        known = parts_speak(decision.columns, kind, decision.situation)
        if known is not None and known[model] == UNKNOWN:
            told.append(f"Whether {models.names[model]} beside it knows the languages you need is not known: ask its maker.")
    return tuple(told)
