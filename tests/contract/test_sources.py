"""What every source has to do, whichever publisher it speaks for.

A new source joins by adding a line to ``PUBLISHED``: how its server is filled for one of its datasets.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from sources import registry
from sources.curated import FIGURES
from sources.eurostat import DATASETS
from sources.model import SourceError, Unreadable
from sources.oecd import VENTURE_CAPITAL
from sources.pstw import CASES
from sources.settings import Settings
from tests.replica import Replica
from tests.replica.tables import Cell, tsv
from tests.unit.test_sources_pstw import CASE, edition

AI = DATASETS[0]
CELLS = [
    Cell(("A", "GE10", "C10-S951_X_K", "E_AI_TANY", "PC_ENT"), geo, "2025", "20.5") for geo in ("AT", "BE")
]


def _eurostat(replica: Replica) -> None:
    (replica.folder / "isoc_eb_ai.tsv").write_bytes(tsv(AI, CELLS))


def _pstw(replica: Replica) -> None:
    (replica.folder / "pstw_dataset.csv").write_bytes(edition(CASE, mark=";", encoding="latin-1"))


def _oecd(replica: Replica) -> None:
    text = "iso3,year,vc_ai_musd_nominal\nAUT,2024,12.5\nBEL,2024,0\n"
    (replica.folder / "oecd_ai_vc.csv").write_text(text, encoding="utf-8")


def _code_list(replica: Replica) -> None:
    (replica.folder / "codelist_geo_en.tsv").write_text("AT\tAustria\r\nBE\tBelgium\r\n", encoding="utf-8")


def _bundled(_: Replica) -> None:
    """Nothing: the rows lie in the package."""


PUBLISHED: dict[str, tuple[str, Callable[[Replica], None]]] = {
    "eurostat": (AI.id, _eurostat),
    "pstw": (CASES.id, _pstw),
    "curated": (FIGURES.id, _bundled),
    "oecd": (VENTURE_CAPITAL.id, _oecd),
    "codelists": ("codelist_geo_en", _code_list),
}
NAMES = sorted(PUBLISHED)


@pytest.fixture
def settings(settings: Settings, replica: Replica) -> Settings:
    """Every source with an address, also those that have none of their own."""
    return settings.model_copy(update={"oecd_url": replica.oecd_url})


def test_every_source_is_held_to_this_contract(settings: Settings) -> None:
    assert sorted(source.name for source in registry.sources(settings)) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestSource:
    def test_its_datasets_are_its_own_and_well_formed(self, name: str, settings: Settings) -> None:
        source = next(one for one in registry.sources(settings) if one.name == name)
        for dataset in source.datasets:
            assert dataset.source == name
            assert dataset.title
            assert dataset.publisher
            assert dataset.licence
            assert dataset.landing_page.startswith("https://") or not source.remote
            assert set(dataset.key) <= set(dataset.tidy_columns)
            assert set(dataset.expected.codes) <= {*dataset.tidy_columns, "freq", "sex", "s_adj"}

    def test_what_it_fetches_it_reads(
        self, name: str, settings: Settings, replica: Replica, tmp_path: Path
    ) -> None:
        dataset = registry.datasets(settings)[PUBLISHED[name][0]]
        source = registry.source_of(dataset, settings)
        PUBLISHED[name][1](replica)
        got = source.fetch(dataset, tmp_path)
        assert got.content.parent == tmp_path
        assert got.retrieved_at.utcoffset() is not None
        assert got.media_type
        with duckdb.connect() as connection:
            table = source.parse(dataset, got.content, connection)
            assert tuple(table.columns) == dataset.tidy_columns
            rows = table.fetchall()
        assert rows
        keys = [tuple(row[dataset.tidy_columns.index(part)] for part in dataset.key) for row in rows]
        assert len(set(keys)) == len(keys)

    def test_it_recognises_what_it_fetched(
        self, name: str, settings: Settings, replica: Replica, tmp_path: Path
    ) -> None:
        PUBLISHED[name][1](replica)
        dataset = registry.datasets(settings)[PUBLISHED[name][0]]
        got = registry.source_of(dataset, settings).fetch(dataset, tmp_path)
        assert registry.recognise(got.content, settings) == dataset

    def test_what_is_never_captured_is_new(self, name: str, settings: Settings) -> None:
        source = next(one for one in registry.sources(settings) if one.name == name)
        assert PUBLISHED[name][0] in {dataset.id for dataset in source.changed({})}

    @pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x1f\x8b\x08", b"a;b\n", b"\x00\xff\xfe"])
    def test_what_is_not_its_own_is_unreadable(
        self, name: str, content: bytes, settings: Settings, tmp_path: Path
    ) -> None:
        path = tmp_path / "file"
        path.write_bytes(content)
        source = next(one for one in registry.sources(settings) if one.name == name)
        for dataset in source.datasets:
            with duckdb.connect() as connection, pytest.raises(Unreadable) as caught:
                source.parse(dataset, path, connection)
            assert str(caught.value).startswith(f"{dataset.id}: file: ")
        assert source.recognise(path) is None

    def test_a_silent_server_is_an_error_of_its_own_kind(
        self, name: str, closed_url: str, tmp_path: Path
    ) -> None:
        silent = Settings(eurostat_url=closed_url, pstw_url=closed_url, oecd_url=closed_url, retries=0)
        source = next(one for one in registry.sources(silent) if one.name == name)
        if not source.remote:
            assert source.fetch(registry.datasets(silent)[PUBLISHED[name][0]], tmp_path).content.is_file()
            return
        with pytest.raises(SourceError) as caught:
            source.fetch(registry.datasets(silent)[PUBLISHED[name][0]], tmp_path)
        assert caught.value.retriable
        assert closed_url in str(caught.value)
