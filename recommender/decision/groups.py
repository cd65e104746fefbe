"""The best row of each group, for several measures over one grouping."""

from __future__ import annotations

import numpy as np

from recommender.domain.columns import Floats, Ints
from recommender.domain.record import record


@record
class Groups:
    """Rows sorted by group; within a group in their first order, which is by machine."""

    order: Ints
    starts: Ints
    sizes: Ints

    @staticmethod
    def of(group: Ints) -> Groups:
        order = np.argsort(group, kind="stable")
        ordered = group[order]
        is_first = np.ones(len(order), bool)
        is_first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(is_first)
        return Groups(order, starts, np.diff(np.append(starts, len(order))))

    def best(self, measure: Floats) -> Ints:
        """The first row of each group with the least measure; unknown is never best where anything is known."""
        if not len(self.order):
            return self.order
        ordered = np.where(np.isnan(measure), np.inf, measure)[self.order]
        is_least = ordered == np.repeat(np.minimum.reduceat(ordered, self.starts), self.sizes)
        places = np.flatnonzero(is_least)
        first = places[np.searchsorted(places, self.starts)]
        return self.order[first]

    def front(self, price: Floats, speed: Floats) -> Ints:
        """The rows of each group than which none is both cheaper and faster; what is not known is dearest and slowest."""
        group = np.repeat(np.arange(len(self.starts)), self.sizes)
        cost = np.where(np.isnan(price), np.inf, price)[self.order]
        pace = np.where(np.isnan(speed), -np.inf, speed)[self.order]
        sorted_rows = np.lexsort((-pace, cost, group))
        rank = np.unique(pace, return_inverse=True)[1] + group * (len(pace) + 1)  # each group's ranks lie above the last one's
        rank = rank[sorted_rows]
        before = np.concatenate([[-1], np.maximum.accumulate(rank)[:-1]])
        return self.order[sorted_rows[rank > before]]
