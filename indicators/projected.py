"""The trajectories of an indicator as tables on disk, computed once for what its figures were known to be.

How a trajectory is made belongs to trajectory.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indicators.model import Indicator
from indicators.trajectory import HINDCAST_COLUMNS, OUTLOOK_COLUMNS, PROJECTION_COLUMNS, trajectories
from sources.formats.sql import literal
from warehouse.files import whole
from warehouse.scratch import scratch

VERSION = "1"
TABLES: Mapping[str, Mapping[str, str]] = {
    "projections": PROJECTION_COLUMNS,
    "outlooks": OUTLOOK_COLUMNS,
    "hindcasts": HINDCAST_COLUMNS,
}
"""The tables of a release that trajectories fill, and their columns."""


def project(home: Path, indicator: Indicator, history: Path, memory: str) -> dict[str, Path]:
    """The Parquet file of each of ``TABLES`` for one indicator; ``history`` holds its figures."""
    folder = home / "trajectories" / indicator.id
    paths = {name: folder / f"{history.stem}-{VERSION}-{name}.parquet" for name in TABLES}
    if all(path.exists() for path in paths.values()):
        return paths
    with scratch(memory) as connection:
        rows = connection.execute(
            "SELECT geo, period, value, series, change_status FROM read_parquet(?) "
            "WHERE known_to IS NULL AND breakdown = '' AND member = ''",
            [str(history)],
        ).df()
        made = trajectories(indicator.id, indicator.unit, rows)
        for name, columns in TABLES.items():
            connection.register("made", getattr(made, name))
            query = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in columns.items())
            with whole(paths[name]) as aside:
                connection.execute(
                    f"COPY (SELECT {query} FROM made) TO {literal(str(aside))} (FORMAT parquet)"
                )
    for path in folder.glob("*.parquet"):
        if path not in paths.values():
            path.unlink(missing_ok=True)
    return paths
