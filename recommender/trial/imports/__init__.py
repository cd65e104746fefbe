"""Runs of other tools as evidence: promptfoo, inspect_ai, lm-evaluation-harness, MLflow, plain CSV. What failed is refused."""
