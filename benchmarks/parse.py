"""From a TSV.gz on disk to a long table with flags in Parquet: ours, the eurostat package, pandas and polars.

Each runs in a process of its own on the same file; which tables are measured belongs to ``tables``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from benchmarks import tables
from benchmarks.measure import ROOT

SIZES = (1_000_000, 10_000_000)
KEYS = ["freq", "size_emp", "nace_r2", "indic_is", "unit", "geo"]
MEMORY = "700MB"


@dataclass(frozen=True)
class Parse:
    """What one way took for one file: seconds without importing libraries, and the process's peak memory."""

    way: str
    observations: int
    seconds: float
    peak_megabytes: float

    @property
    def speed(self) -> float:
        return self.observations / self.seconds


def ours(content: Path, folder: Path) -> Callable[[], int]:
    """The path of every refresh: the registered source's parser, and the Parquet that vintages keep."""
    import pyarrow.parquet as parquet

    from sources.registry import datasets, source_of
    from sources.settings import Settings
    from warehouse.vintages import tidy

    settings = Settings(home=folder)
    dataset = datasets(settings)["isoc_eb_ain2"]
    source = source_of(dataset, settings)

    def run() -> int:
        table = tidy(folder, source, dataset, "0" * 64, content, MEMORY)
        return int(parquet.read_metadata(table).num_rows)

    return run


def package(content: Path, folder: Path) -> Callable[[], int]:
    """The eurostat package's own parsing of a whole table with flags, its wide frame then made long."""
    from tests.peer import long_table

    def run() -> int:
        long = long_table(content.read_bytes(), KEYS)
        long.to_parquet(folder / "long.parquet", compression="zstd")
        return len(long)

    return run


def with_pandas(content: Path, folder: Path) -> Callable[[], int]:
    """What an analyst writes: read as text, melt, and take the cells apart."""
    import pandas

    def run() -> int:
        frame = pandas.read_csv(content, sep="\t", dtype="str", keep_default_na=False)
        frame.columns = [name.strip() for name in frame.columns]
        key = frame.columns[0]
        long = frame.melt(id_vars=key, var_name="period", value_name="cell")
        long = long[long["cell"].str.strip() != ":"]
        parts = long["cell"].str.extract(r"^(:|\S+) ?([a-z]*)(?:@([A-Z]))?", expand=True)
        long["value"] = pandas.to_numeric(parts[0], errors="coerce")
        long["flags"], long["confidentiality"] = parts[1], parts[2].fillna("")
        long[KEYS] = long[key].str.split(",", expand=True)
        long = long.drop(columns=[key, "cell"])
        long.to_parquet(folder / "long.parquet", compression="zstd")
        return len(long)

    return run


def with_polars(content: Path, folder: Path) -> Callable[[], int]:
    """The same in polars."""
    import polars

    def run() -> int:
        frame = polars.read_csv(content, separator="\t", infer_schema=False, quote_char=None)
        frame = frame.rename({name: name.strip() for name in frame.columns})
        key, cell = polars.col(frame.columns[0]).str.split(","), polars.col("cell")
        parts = cell.str.extract_groups(r"^(:|\S+) ?([a-z]*)(?:@([A-Z]))?").struct
        frame = frame.with_columns(key.list.get(place).alias(name) for place, name in enumerate(KEYS))
        long = (
            frame.drop(frame.columns[0])
            .unpivot(index=KEYS, variable_name="period", value_name="cell")
            .filter(cell.str.strip_chars() != ":")
            .with_columns(
                parts.field("1").cast(polars.Float64, strict=False).alias("value"),
                parts.field("2").alias("flags"),
                parts.field("3").fill_null("").alias("confidentiality"),
            )
            .drop("cell")
        )
        long.write_parquet(folder / "long.parquet", compression="zstd")
        return len(long)

    return run


WAYS: dict[str, Callable[[Path, Path], Callable[[], int]]] = {
    "ours": ours, "eurostat": package, "pandas": with_pandas, "polars": with_polars,
}  # fmt: skip


def _timed(way: str, content: Path, folder: Path) -> None:
    """Run in a process of its own: prints seconds, observations and peak memory as JSON."""
    import resource

    run = WAYS[way](content, folder)
    started = perf_counter()
    observations = run()
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "observations": observations, "peak": peak}))


def measure(way: str, content: Path, runs: int = 1) -> Parse:
    """The quickest of some runs of one way, each in a process of its own."""
    return min((_measure(way, content) for _ in range(runs)), key=lambda one: one.seconds)


def _measure(way: str, content: Path) -> Parse:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.parse", way, str(content), folder]
        said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(said.splitlines()[-1])
    return Parse(way, found["observations"], found["seconds"], found["peak"])


def rows(sizes: Sequence[int] = SIZES) -> list[str]:
    """Markdown rows: each way at each size, beside the eurostat package."""
    lines = [
        "| observations | way | seconds | observations per second | peak memory | speed against eurostat | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    ways = [way for way in WAYS if way != "polars" or find_spec("polars")]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder) / "table.tsv.gz"
            tables.tsv(content, size)
            found = [measure(way, content, 3 if way == "ours" else 1) for way in ways]
        lines += _lines(found)
    return lines


def _lines(found: Sequence[Parse]) -> list[str]:
    other = next(one for one in found if one.way == "eurostat")
    return [
        f"| {one.observations:,} | {one.way} | {one.seconds:.2f} | {one.speed:,.0f} | {one.peak_megabytes:.0f} MB "
        f"| {one.speed / other.speed:.1f} times | {one.peak_megabytes / other.peak_megabytes:.2f} times |"
        for one in found
    ]


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _timed(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        print("\n".join(rows([int(size) for size in sys.argv[1:]] or SIZES)))
