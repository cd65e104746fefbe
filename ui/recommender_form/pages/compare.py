"""Compare: two to four options of the answer, or models of the catalog, side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import InputError, Option
from recommender.domain.records import Model
from recommender_form import deciding, facts, frame, routes
from recommender_form.catalogue.index import Row, rows
from recommender_form.figures import number, score
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.comparison import Line
from recommender_form.showing.comparison import show as show_side_by_side
from recommender_form.showing.sentences import listed
from recommender_form.showing.tables import options_of
from recommender_form.words import or_plain, say, under

OPTIONS, MODELS = "options", "models"
WHAT, PICKED_OPTIONS, PICKED_MODELS, WHY_NOT = "compare.what", "compare.options", "compare.models", "compare.why_not"
FEWEST, MOST = 2, 4
FACTS = ("type", "maker", "weights", "licence", "commercial", "size", "context", "modalities", "released", "price", "providers")


def show() -> None:
    """The page."""
    frame.head(say("compare.title"), say("compare.lead"))
    _begin_with_the_address()
    st.segmented_control(
        say("compare.what"), (OPTIONS, MODELS), format_func=lambda one: say(f"compare.{one}"), key=WHAT, required=True
    )
    if st.session_state[WHAT] == OPTIONS:
        _options()
    else:
        _models()


def _begin_with_the_address() -> None:
    """The catalog's page names models in the address."""
    named = [name for name in st.query_params.get_all("models") if name in facts.library().models][:MOST]
    if named and st.session_state.get("compare_asked") != named:
        st.session_state["compare_asked"] = named
        st.session_state[PICKED_MODELS] = named
        st.session_state[WHAT] = MODELS
    for key, first in ((WHAT, OPTIONS), (PICKED_MODELS, [])):
        st.session_state[key] = st.session_state.get(key) or first


def _options() -> None:
    """Options of this visit's answer, and whatever else is asked about by name."""
    needs = deciding.requirements()
    try:
        answer = deciding.quick(needs)
    except InputError as error:
        st.error(say("recommend.wrong") + "".join(f"\n- {plain(fault)}" for fault in error.faults))
        return
    found = {option.id: naming.full_title(option) for option in options_of(answer)}
    found |= {one.option: naming.reference(one.option) for one in answer.by_strategy if one.option and one.option not in found}
    asked = [name for name in st.session_state.get(PICKED_OPTIONS) or () if name in found]
    st.session_state[PICKED_OPTIONS] = asked or list(found)[:3]
    picked = st.multiselect(
        say("compare.pick"), list(found), format_func=lambda name: found[name], key=PICKED_OPTIONS, max_selections=MOST
    )
    why_not = st.selectbox(
        say("compare.why_not"), list(facts.model_names()), index=None, format_func=lambda name: facts.model_names().get(name, name),
        key=WHY_NOT, help=say("compare.why_not_help"), placeholder=say("compare.why_not_placeholder"),
    )  # fmt: skip
    named = tuple(dict.fromkeys((*picked, *((why_not,) if why_not else ()))))
    if len(named) < FEWEST:
        st.info(say("compare.pick_more") if found else say("compare.too_few"))
        return
    _side_by_side(deciding.side_by_side(needs, named))


def _side_by_side(comparison: Any) -> None:
    """Numbers of what fits, what separates it, and what bars the rest."""
    options = [one.option for one in comparison.compared if one.option is not None]
    if options:
        show_side_by_side([option.model.name for option in options], option_lines(options), "compare.options")
    if comparison.differences:
        st.markdown(listed(comparison.differences))
    for one in comparison.compared:
        if one.option is None:
            name = facts.model_names().get(one.asked, naming.reference(one.asked))
            st.warning(f"{say('compare.is_out', name=plain(name))}\n\n{listed(one.because)}", icon=":material/block:")


def option_lines(options: list[Option]) -> list[Line]:
    """Everything that tells options apart."""
    lines = [
        _line("alternatives.rank", ["" if one.rank is None else str(one.rank) for one in options]),
        _line("compare.strategy", [naming.strategy(one.strategy.id) for one in options]),
        _line("alternatives.where", [naming.where(one) for one in options]),
        _line("catalog.type", [or_plain(f"type.{one.model.type}", one.model.type) for one in options]),
        _line("catalog.weights", [or_plain(f"weights.{one.model.weights}", one.model.weights) for one in options]),
        _line("catalog.licence", [one.model.licence for one in options]),
        _line("compare.components", [", ".join(part.model.name for part in one.components) for one in options]),
        _line("compare.incumbent", [say("ask.yes") if one.is_incumbent else say("ask.no") for one in options]),
        _line("alternatives.score", [score(one.score.total) for one in options]),
    ]
    for name in under("estimate"):
        lines.append(Line(naming.label(options[0], name), tuple(_with_range(one, name) for one in options)))
    lines.append(_line("compare.grade", [naming.grade(one) for one in options]))
    lines.append(_line("answer.cautions", [str(len(one.cautions)) for one in options]))
    lines.append(_line("answer.unknowns", [str(len(one.unknowns)) for one in options]))
    return lines


def _with_range(option: Option, name: str) -> str:
    if option.estimates[name].mid is None:
        return say("unknown")
    said, its_range = naming.estimate(option, name), naming.interval(option, name)
    return said if its_range == said else f"{said} ({its_range})"


def _yes_no(value: bool | None) -> str:
    return say("unknown") if value is None else say("ask.yes") if value else say("ask.no")


def _line(key: str, values: list[str]) -> Line:
    return Line(say(key), tuple(values))


def _models() -> None:
    """Models of the catalog."""
    index = {row.id: row for row in rows()}
    picked = st.multiselect(
        say("compare.pick"),
        list(index),
        format_func=lambda name: f"{index[name].name} ({name})",
        key=PICKED_MODELS,
        max_selections=MOST,
    )
    if len(picked) < FEWEST:
        st.info(say("compare.pick_more"))
        return
    chosen = [index[name] for name in picked]
    show_side_by_side([row.name for row in chosen], model_lines(chosen), "compare.models")
    with st.container(horizontal=True):
        for row in chosen:
            routes.link("model", row.name, id=row.id)


def model_lines(chosen: list[Row]) -> list[Line]:
    """Facts of models side by side, and their quality at every task that at least one is known for."""
    models = facts.library().models
    lines = [Line(say(f"compare.model.{fact}"), tuple(_fact(fact, row, models[row.id]) for row in chosen)) for fact in FACTS]
    columns = facts.catalog().columns
    places = [columns.models.ids.index(row.id) for row in chosen]
    for number_of_task, task in enumerate(columns.tasks):
        values = [_quality(number_of_task, place) for place in places]
        if any(value != say("unknown") for value in values):
            lines.append(Line(say("compare.quality", task=or_plain(f"task.{task}", task)), tuple(values)))
    return lines


def _fact(fact: str, row: Row, model: Model) -> str:
    unknown = say("unknown")
    prices = (
        [f"{number(row.input_usd_per_mtok)} / {number(row.output_usd_per_mtok)}"] if row.input_usd_per_mtok is not None else []
    )
    prices += [f"{number(value)} {say(f'price_unit.{unit}')}" for unit, value in row.other_price]
    words = {
        "type": or_plain(f"type.{row.type}", row.type),
        "maker": row.maker,
        "weights": or_plain(f"weights.{row.weights}", row.weights),
        "licence": row.licence_name,
        "commercial": _yes_no(row.commercial_use),
        "size": unknown if row.parameters_b is None else number(row.parameters_b),
        "context": unknown if row.context_tokens is None else number(row.context_tokens, 3),
        "modalities": " → ".join(
            ", ".join(or_plain(f"modality.{one}", one) for one in side) for side in (model.input, model.output)
        ),
        "released": row.released.isoformat() if row.released else unknown,
        "price": "; ".join(prices) or unknown,
        "providers": str(len(row.providers)),
    }
    return words[fact]


def _quality(task: int, place: int) -> str:
    """Quality at a task with its range and grade."""
    from recommender.domain.words import GRADES

    quality = facts.catalog().columns.quality
    mid = float(quality.mid[task, place])
    if mid != mid:  # NaN: unknown
        return say("unknown")
    low, high = float(quality.low[task, place]), float(quality.high[task, place])
    grade = say(f"grade.{GRADES[int(quality.grades[task, place])]}")
    return f"{number(mid)} ({say('span', low=number(low), high=number(high))}), {grade}"
