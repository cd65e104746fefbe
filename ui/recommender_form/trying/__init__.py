"""Trials in the form: files measured in memory, what they show, and what they do to the answer."""
