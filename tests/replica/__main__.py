"""``python -m tests.replica --data DIR``: the replica by hand, until it is interrupted."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.replica import Replica, generated


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.replica", description="Answer as Eurostat and PSTW do, from files in a folder."
    )
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        help="folder with [estat_]<code>.tsv[.gz], pstw_dataset.csv, oecd_ai_vc.csv",
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument(
        "--generate", action="store_true", help="serve a made-up table for every dataset not in the folder"
    )
    return parser.parse_args()


def main() -> None:
    """Print the environment variables to set, then serve."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(prefix="replica-") as name:
        more = [Path(name)] if chosen.generate else []
        if chosen.generate:
            generated.write(Path(name))
        replica = Replica(chosen.data, *more, port=chosen.port, latency=chosen.latency)
        print(f"OBSERVATORY_EUROSTAT_URL={replica.eurostat_url}")
        print(f"OBSERVATORY_PSTW_URL={replica.pstw_url}")
        print(
            f"OBSERVATORY_OECD_URL={replica.oecd_url if replica.store.other('oecd_ai_vc.csv') else ''}",
            flush=True,
        )
        try:
            replica.serve_forever()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
