"""`recommender trial`: measure candidates on one's own examples, and write what was measured as evidence."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option, counted, overlay_option, tell

IMPORTS = ("promptfoo", "inspect_ai", "lm_eval", "mlflow", "csv")
MOST_SEED = 2**32 - 1  # that scikit-learn takes
WAYS = ("keywords", "vectors", "both")


def add(commands: Commands) -> None:
    parser = commands.add_parser("trial", help="measure candidates on one's own examples")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("examples", type=Path, metavar="EXAMPLES", help="CSV, JSONL or Parquet: input, expected, context")
    parser.add_argument("--out", type=Path, metavar="EVIDENCE.json", help="write what was measured, for recommend --evidence")
    parser.add_argument("--seed", type=counted(0, MOST_SEED), default=0, help="of the order of examples and of the folds")
    parser.add_argument(
        "--embeddings",
        action="append",
        default=[],
        metavar="FOLDER=LAB/MODEL",
        help="a model on disk: its vectors + linear, offline",
    )
    catalog_option(parser)
    overlay_option(parser)
    _endpoint_options(parser.add_argument_group("candidates at an OpenAI-compatible endpoint"))
    _prompt_options(parser.add_argument_group("what they are sent"))
    _import_options(parser.add_argument_group("a run of another tool, instead: EXAMPLES is its file"))
    parser.set_defaults(run=_trial)


def _endpoint_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--candidate", action="append", default=[], metavar="STRATEGY/MODEL[=NAME]", help="NAME: at the endpoint"
    )
    group.add_argument("--endpoint", metavar="URL", help="its address, ending in /v1")
    group.add_argument("--key-variable", default="OPENAI_API_KEY", metavar="VARIABLE", help="holds the key; never written")
    group.add_argument("--price", metavar="INPUT,OUTPUT", help="USD per million tokens; default: the catalog's highest")
    group.add_argument(
        "--cap", type=float, default=1.0, metavar="USD", help="never spent more, earlier runs included; default 1"
    )
    group.add_argument("--minute-price", type=float, metavar="USD", help="of a minute of audio")
    group.add_argument("--store", type=Path, metavar="FILE", help="keeps every answer; default: beside EXAMPLES")
    group.add_argument("--concurrency", type=counted(1, 1000), default=4, help="calls at once; default 4")
    group.add_argument("--all", action="store_true", help="also ask candidates that are clearly behind about every example")


def _prompt_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--shots", type=counted(1, 1000), default=8, help="examples in a few_shot prompt; default 8")
    group.add_argument("--pick", choices=("random", *WAYS), default="keywords", help="which examples; default keywords")
    group.add_argument("--documents", type=Path, metavar="DIR", help=".txt and .md files for rag and long_context")
    group.add_argument("--search", choices=WAYS, default="keywords", help="how rag finds passages; default keywords")
    group.add_argument("--embedder", metavar="NAME", help="the endpoint's model for vectors")
    group.add_argument("--judge", metavar="NAME", help="the endpoint's model that rates free text, in both orders")
    group.add_argument("--to-rate", type=Path, metavar="FILE.csv", help="write a sample of the answers for people to rate")
    group.add_argument("--human", type=Path, metavar="FILE.csv", help="that sample, rated: holds the judge against people")


def _import_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--import", dest="kind", choices=IMPORTS, help="which tool wrote it")
    group.add_argument("--metric", help="which of its metrics; default: the first")
    group.add_argument("--name", action="append", default=[], metavar="NAME=STRATEGY/MODEL", help="the tool's name of a model")


def _trial(given: argparse.Namespace) -> int:
    from recommender.trial.running import run

    tell(run(given))
    return ANSWERED
