"""Keeping the catalog true: reading other people's lists, comparing, editing, and telling what has aged."""
