"""What to mind of languages: models that know English alone, and what is not known of those that hear and speak beside an option."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.decision.languages import parts_speak
from recommender.decision.live_speech import is_live
from recommender.domain.method import TaskSpec
from recommender.rules.columns import UNKNOWN

ENGLISH_ALONE = "It knows English alone, and you did not say which languages you need."
LIVE_PRICE = "The price is the one listed for recordings; vendors often ask more for live speech: look it up."
LANGUAGE = frozenset(("text", "audio"))
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


def of_a_live_price(decision: Decision, row: int) -> tuple[str, ...]:
    """Offers have one price of speech, read where recordings are billed."""
    return (LIVE_PRICE,) if is_live(decision.situation) and decision.candidates.offer[row] >= 0 else ()


def of_english_alone(decision: Decision, row: int) -> tuple[str, ...]:
    """Said where nobody named a language: no rule judges languages then, and the answer would take English for granted."""
    needs = decision.requirements
    is_open = needs.languages is None and needs.target_languages is None and _is_in_words(decision.situation.spec)
    return (ENGLISH_ALONE,) if is_open and _knows_english_alone(decision, row) else ()


def _is_in_words(spec: TaskSpec) -> bool:
    """Whether text or speech goes in or comes out; a label or a number is neither."""
    out = spec.output if spec.output_kind not in ("label", "number") else ()
    return bool(LANGUAGE & {*spec.input, *out})


def _knows_english_alone(decision: Decision, row: int) -> bool:
    """Whether its maker lists English and nothing else, under whichever of its codes."""
    models, model = decision.columns.models, decision.candidates.model[row]
    spoken, terms = models.languages, decision.columns.languages
    listed = [tag for tag, state in zip(spoken.vocabulary, spoken.members[model], strict=True) if state == 1]
    return {terms[tag].code if tag in terms else tag for tag in listed} == {"en"} and not models.is_multilingual[model] > 0
