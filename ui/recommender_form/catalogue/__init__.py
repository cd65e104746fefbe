"""The catalog as pages show it: an index to search, facts of one model, code to try it."""
