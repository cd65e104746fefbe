"""The form: asks what a team knows, shows the answer, the facts and the method. Words live in `words/`, numbers in the engine."""
