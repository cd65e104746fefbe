"""`python -m recommender`."""

from __future__ import annotations

import sys

from recommender.cli import main

sys.exit(main())
