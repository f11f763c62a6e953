"""Usage: python -m tests.faults [--seed N] [--faults N] [--people N] [--meetings N] [--database FILE] [--forgetful]"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.trial import Trial, prepare


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description="Has accidents, and says what came of it."
    )
    parser.add_argument("--seed", type=int, default=0, help="0 takes the time")
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--meetings", type=int, default=45)
    parser.add_argument("--forgetful", action="store_true", help="the negative control: an engine that is broken")
    parser.add_argument("--database", type=Path, help="a copy of this file is used, on which every migration has run")
    given = parser.parse_args()
    extra = {"FORGETFUL": "1"} if given.forgetful else {}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="quorate-faults-") as name:
        prepare(Path(name), given.database)
        seed = given.seed or int(time.time())
        trial = Trial(Path(name), seed=seed, faults=given.faults, people=given.people, meetings=given.meetings, **extra)
        tally = trial.run()
    sys.stdout.write(f"{tally}\n  {time.monotonic() - began:.0f} seconds\n")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
