"""Measuring on the user's own data: offline baselines, endpoints, imports of other tools' runs; and what follows from it."""
