"""``python -m tests.replica --data DIR``: the replica by hand, until it is interrupted."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.replica import Replica


def main() -> None:
    parser = argparse.ArgumentParser(description="Answer as Eurostat and PSTW do, from files in a folder.")
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with <code>.tsv and pstw_dataset.csv"
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    chosen = parser.parse_args()
    replica = Replica(chosen.data, chosen.port)
    print(f"OBSERVATORY_EUROSTAT_URL={replica.eurostat_url}")
    print(f"OBSERVATORY_PSTW_URL={replica.pstw_url}", flush=True)
    replica.serve_forever()


if __name__ == "__main__":
    main()
