"""A whole release as open data: every form is readable by others' programs, says its licences, and is whole or not there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
from frictionless import Checklist, Package
from rdflib import Graph, Namespace

from indicators.exports import FORMS, Gone, export
from indicators.exports import making as forms
from observatory import main
from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE
from tests.releases import HOSTILE, Plan, build_release
from warehouse.read import OpenRelease, open_release

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """A small release with one source table that is a view, named relative to the home, as all are in a real one."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "releases" / build_release(home)
    (home / "vintages").mkdir()
    with duckdb.connect(str(folder / "observatory.duckdb")) as connection:
        connection.execute("SET file_search_path = ?", [str(home)])
        rows = "SELECT 'EU27_2020' AS geo, '2025' AS period, 19.95 AS value"
        connection.execute(f"COPY ({rows}) TO '{home / 'vintages' / 'a.parquet'}' (FORMAT parquet)")
        connection.execute("CREATE SCHEMA eurostat")
        connection.execute("CREATE VIEW eurostat.isoc_eb_ai AS FROM read_parquet('vintages/a.parquet')")
    return open_release(home)


@pytest.fixture(scope="module")
def exported(release: OpenRelease, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each form."""
    folder = tmp_path_factory.mktemp("exports")
    return {form: export(release, form, folder) for form in FORMS}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", ["csv", "sdmx-csv"])
def test_the_data_package_is_valid_against_its_specification(
    exported: dict[str, Path], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exported[form])
    report = Package("datapackage.json").validate(Checklist(skip_errors=["blank-row"]))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] == len(list(exported[form].glob("*.csv")))


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_names_its_files_and_all_licences(exported: dict[str, Path], form: str) -> None:
    folder = exported[form]
    package = json.loads((folder / "datapackage.json").read_text())
    frictionless.Package.from_descriptor({**package, "resources": []})
    described = {resource["path"] for resource in package["resources"]}
    assert described == {file.name for file in folder.iterdir()} - {
        "datapackage.json",
        "dcat.jsonld",
        "LICENCES.txt",
    }
    assert package["version"] == Plan().id
    licences = (folder / "LICENCES.txt").read_text()
    for one in ("eurostat.isoc_eb_ai", "pstw.cases", "CC BY 4.0", "2011/833/EU"):
        assert one in licences


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", list(FORMS))
def test_the_metadata_for_catalogues_are_rdf_with_what_dcat_ap_asks_for(
    exported: dict[str, Path], form: str
) -> None:
    graph = Graph().parse(exported[form] / "dcat.jsonld", format="json-ld")
    (catalogue,) = graph.subjects(predicate=None, object=DCAT.Catalog)
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    for subject in (catalogue, dataset):
        assert graph.value(subject, DCT.title)
        assert graph.value(subject, DCT.description)
        assert graph.value(subject, DCT.publisher)
    for distribution in graph.objects(dataset, DCAT.distribution):
        assert graph.value(distribution, DCAT.accessURL)
        assert graph.value(distribution, DCT.license)
    assert len(list(graph.objects(dataset, DCAT.distribution))) >= 1
    assert len(list(graph.objects(dataset, DCT.source))) >= 2


def test_the_database_needs_nothing_else(exported: dict[str, Path], release: OpenRelease) -> None:
    with duckdb.connect(str(exported["duckdb"] / "ai-observatory.duckdb"), read_only=True) as copy:
        views = copy.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchone()
        assert views == (0,)
        for table in ("figures", "captures", "pstw.cases", "eurostat.isoc_eb_ai"):
            count = copy.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert count == tuple(release.query(f"SELECT count(*) AS n FROM {table}")["n"]), table
        assert copy.execute("SELECT count(*) > 50 FROM indicators").fetchone() == (True,)


def test_parquet_keeps_every_row_and_type(exported: dict[str, Path], release: OpenRelease) -> None:
    kinds = duckdb.sql(f"DESCRIBE FROM '{exported['parquet'] / 'figures.parquet'}'").fetchall()
    assert dict(row[:2] for row in kinds)["captures"] == "VARCHAR[]"
    ((found,),) = duckdb.sql(f"SELECT sum(value) FROM '{exported['parquet'] / 'figures.parquet'}'").fetchall()
    assert found == pytest.approx(release.query("SELECT sum(value) AS s FROM figures")["s"].iloc[0])


def test_a_hostile_text_starts_no_formula(exported: dict[str, Path]) -> None:
    for path in exported["csv"].glob("*.csv"):
        for row in rows(path):
            texts = [cell for cell in row.values() if cell.lstrip()[:1] in ("=", "+", "@")]
            assert texts == [], path.name
    assert any(HOSTILE in row["name"] for row in rows(exported["csv"] / "pstw.cases.csv"))
    book = openpyxl.load_workbook(exported["xlsx"] / "ai-observatory.xlsx", read_only=True)
    assert {"figures", "indicators", "sources"} <= set(book.sheetnames)


def test_sdmx_states_every_figure_known_now_with_its_status(
    exported: dict[str, Path], release: OpenRelease
) -> None:
    found = rows(exported["sdmx-csv"] / "figures.sdmx.csv")
    known = release.query("SELECT * FROM figures WHERE known_to IS NULL")
    assert len(found) == len(known)
    assert {row["STRUCTURE"] for row in found} == {"dataflow"}
    for row in found:
        assert (row["OBS_STATUS"] in "OQ") == (not row["OBS_VALUE"] and not row["LOWER_BOUND"])
        if row["OBS_VALUE"] and not row["FLAGS"]:
            assert row["OBS_STATUS"] == "A"
    breaks = [row for row in found if "b" in row["FLAGS"] and row["OBS_VALUE"]]
    assert breaks
    assert {row["OBS_STATUS"] for row in breaks} == {"B"}
    keys = [
        tuple(row[name] for name in ("INDICATOR", "REF_AREA", "BREAKDOWN", "MEMBER", "TIME_PERIOD"))
        for row in found
    ]
    assert all(all(key) for key in keys)


def test_an_export_that_fails_leaves_nothing_and_one_that_is_there_gives_way(
    release: OpenRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = export(release, "sdmx-csv", tmp_path)
    (first / "stale").write_text("")

    def broken(*_: object) -> None:
        raise duckdb.IOException("No files found")

    with monkeypatch.context() as patch:
        patch.setattr(forms, "as_sdmx", broken)
        with pytest.raises(Gone, match="observatory refresh"):
            export(release, "sdmx-csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [first.name]
    assert (first / "stale").exists()
    export(release, "sdmx-csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [first.name]
    assert not (first / "stale").exists()


def test_the_command_exports_and_says_what_is_wrong(
    release: OpenRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(release.folder.parents[1]))
    assert main(["export", "--format", "sdmx-csv", "-o", str(tmp_path / "a")]) == ALL_WELL
    assert "4 files" in capsys.readouterr().err
    assert main(["export", "--format", "cvs", "-o", str(tmp_path / "a")]) == WRONG_USAGE
    assert "did you mean csv?" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main(["export", "--format", "csv", "-o", str(tmp_path / "file" / "in")]) == NOTHING_PUBLISHED
    assert "cannot be written" in capsys.readouterr().err
    assert main(["export", "--format", "csv", "--release", "none", "-o", str(tmp_path)]) == NOTHING_PUBLISHED
    assert "observatory release list" in capsys.readouterr().err
