"""Recommender: a decision engine for choosing AI models."""
