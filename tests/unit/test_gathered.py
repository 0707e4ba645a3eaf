"""Many files read as one give the rows that each of them has now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import gathered


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    monkeypatch.setattr(gathered, "FEW", 2)
    with duckdb.connect() as opened:
        yield opened


class Files:
    """Parquet files with one row each, and the copy of them."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder, self.copy, self.connection = folder, folder / "all.parquet", connection
        self.paths: list[Path] = []

    def put(self, number: int, value: str) -> None:
        path = self.folder / f"it's {number}" / "rows.parquet"
        path.parent.mkdir(exist_ok=True)
        self.connection.execute(f"COPY (SELECT '{value}' AS value) TO ? (FORMAT parquet)", [str(path)])
        os.utime(path, ns=(0, number))  # as if all were as old as each other
        self.paths = [*dict.fromkeys([*self.paths, path])]

    def rows(self) -> tuple[list[str], str]:
        query = gathered.rows(self.connection, self.copy, self.paths)
        columns = self.connection.execute(query).description
        assert [name for name, *_ in columns] == ["value"]
        return sorted(value for (value,) in self.connection.execute(query).fetchall()), query


@pytest.fixture
def files(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Files:
    made = Files(tmp_path, connection)
    for number in range(4):
        made.put(number, f"v{number}")
    return made


def test_few_files_are_read_by_themselves(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    made = Files(tmp_path, connection)
    for number in range(2):
        made.put(number, f"v{number}")
    assert made.rows()[0] == ["v0", "v1"]
    assert not made.copy.exists()


def test_many_are_copied_once_and_what_is_new_changed_or_gone_is_told_apart(files: Files) -> None:
    assert files.rows()[0] == ["v0", "v1", "v2", "v3"]
    made = files.copy.stat().st_mtime_ns
    files.put(1, "changed")
    files.put(4, "new")
    assert files.paths.pop(0).parent.name == "it's 0"
    found, query = files.rows()
    assert found == ["changed", "new", "v2", "v3"]
    assert query.count("it''s 1") == query.count("it''s 4") == 1
    assert files.copy.stat().st_mtime_ns == made
    files.put(5, "more")
    assert files.rows()[0] == ["changed", "more", "new", "v2", "v3"]
    assert files.copy.stat().st_mtime_ns != made


def test_a_copy_that_cannot_be_read_is_made_anew(files: Files) -> None:
    files.rows()
    files.copy.write_bytes(b"no Parquet")
    assert files.rows()[0] == ["v0", "v1", "v2", "v3"]


def test_a_file_that_is_gone_is_said_by_name(files: Files) -> None:
    files.rows()
    files.paths[2].unlink()
    with pytest.raises(duckdb.IOException, match="it's 2"):
        files.rows()
