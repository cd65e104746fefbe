"""Estimates against tables of measured rows: who is in a row, what is estimated for it, how wrong that is."""
