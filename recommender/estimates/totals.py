"""People, labels and evaluation in money; first-year and three-year totals of a bill."""

from __future__ import annotations

from recommender.domain.units import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Quantity

HOURS_PER_DAY = 8.0  # of work


def people_usd(days: Quantity, usd_per_day: Quantity) -> Quantity:
    """What days of work cost. [USD]

    cost = days * rate

    References:
        [1] Arithmetic; the rate is the team's own or that of `catalog/assumptions/effort.yaml`.
    """
    return days * usd_per_day


def labelling_days(items: Quantity, seconds_each: Quantity) -> Quantity:
    """Days of work to label items by hand. [days]

    days = items * seconds / 3600 / 8

    References:
        [1] Arithmetic, eight hours a day; seconds per label are in `catalog/assumptions/effort.yaml`.
    """
    return items * seconds_each / SECONDS_PER_HOUR / HOURS_PER_DAY


def labelling_usd(items: Quantity, labels_each: Quantity, usd_per_label: Quantity) -> Quantity:
    """An invoice for labels that others make, or a large model. [USD]

    cost = items * labels per item * price per label

    Args:
        items: to label. [items]
        labels_each: independent labels per item: 3 to 5 where people vote, 1 for a model. [labels]
        usd_per_label: 0.012 per worker for a text's class [1]; 0.0005 to 0.01 from a model. [USD]

    References:
        [1] Prices of Amazon Mechanical Turk through SageMaker Ground Truth as reported by wring.co, read 2026-03: secondary.
    """
    return items * labels_each * usd_per_label


def evaluation_usd(items: Quantity, usd_per_item: Quantity, judge_usd_per_item: Quantity) -> Quantity:
    """A test set and a large model that judges the answers on it. [USD]

    cost = items * (price of an item + price of a judgement)

    References:
        [1] Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", NeurIPS 2023, section 3.
    """
    return items * (usd_per_item + judge_usd_per_item)


def total_usd(
    one_time_usd: Quantity, monthly_usd: Quantity, years: float, months_per_year: float = MONTHS_PER_YEAR
) -> Quantity:
    """What something costs over years, nothing discounted. [USD]

    total = once + months * monthly

    Args:
        one_time_usd: paid once. [USD]
        monthly_usd: paid every month. [USD per month]
        years: counted; work that is done once is over within the first. [years]
        months_per_year: in which there is something to pay; 1 for work that is done once. [months]

    References:
        [1] Arithmetic; without discounting, because three years at 5 % change the total by less than the interval.
    """
    counted = years * months_per_year if months_per_year > 1.0 else 1.0
    return one_time_usd + counted * monthly_usd


def retuning_usd_per_month(run_usd: Quantity, runs_per_year: Quantity) -> Quantity:
    """Tuning again as the world changes. [USD per month]

    cost = price of a run * runs per year / 12

    References:
        [1] Arithmetic: runs spread over the year.
    """
    return run_usd * runs_per_year / MONTHS_PER_YEAR
