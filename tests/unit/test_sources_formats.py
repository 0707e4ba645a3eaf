"""Every format gives the same tidy table, and refuses what is none by one clear line."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from sources import formats
from sources.eurostat import DATASETS
from sources.formats.content import check_whole
from sources.model import Dataset, Unreadable
from tests.replica.tables import Cell, jsonstat, sdmx_csv, tsv, wide_csv

AI, SPECIALISTS = DATASETS[0], next(one for one in DATASETS if one.code == "isoc_sks_itsps")
CODES = ("A", "PC", "F")

Writer = Callable[[Dataset, list[Cell]], bytes]
WRITERS: dict[str, Writer] = {
    "tsv": tsv,
    "tsv with LF": lambda dataset, cells: tsv(dataset, cells, "\n"),
    "wide": wide_csv,
    "sdmx 1.0": sdmx_csv,
    "sdmx 2.0": lambda dataset, cells: sdmx_csv(dataset, cells, "2.0"),
    "sdmx 2.0 with labels": lambda dataset, cells: sdmx_csv(dataset, cells, "both"),
    "jsonstat": jsonstat,
}


def read(content: bytes, folder: Path, dataset: Dataset = SPECIALISTS) -> list[tuple[object, ...]]:
    """The rows of a file with these bytes, sorted."""
    path = folder / "a file, with 'quotes' and [brackets].dat"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        table = formats.read(dataset, path, connection)
        assert tuple(table.columns) == dataset.tidy_columns
        return sorted(table.fetchall(), key=str)


def refused(content: bytes, folder: Path, dataset: Dataset = SPECIALISTS) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, folder, dataset)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{dataset.id}: a file, ")
    return text


values = st.one_of(
    st.integers(-1000, 10**9).map(str),
    st.decimals(-1000, 10**6, places=2, allow_nan=False).map(str),
    st.just(""),
)
flags = st.sets(st.sampled_from("bdefimnpu"), max_size=3).map("".join)
cells = st.builds(
    Cell,
    codes=st.tuples(st.just("A"), st.sampled_from(["PC", "THS_PER", "NA"]), st.sampled_from(["F", "M"])),
    geo=st.sampled_from(["AT", "EL", "EU27_2020", "NA", "UK"]),
    period=st.sampled_from(["2021", "2023", "2024"]),
    value=values,
    flags=flags,
    confidentiality=st.sampled_from(["", "", "C", "N"]),
).filter(lambda cell: bool(cell.value or cell.flags or cell.confidentiality))
tables = st.lists(cells, min_size=1, max_size=12, unique_by=lambda cell: (cell.codes, cell.geo, cell.period))


@pytest.mark.parametrize("layout", WRITERS)
@run(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables, packed=st.booleans())
def test_what_is_written_is_read_back(layout: str, table: list[Cell], packed: bool, tmp_path: Path) -> None:
    content = WRITERS[layout](SPECIALISTS, table)
    found = read(gzip.compress(content) if packed else content, tmp_path)
    assert found == sorted((cell.tidy() for cell in table), key=str)


@pytest.mark.parametrize("layout", WRITERS)
def test_flags_of_old_get_their_names_of_today(layout: str, tmp_path: Path) -> None:
    table = [
        Cell(CODES, "AT", "2023", "1.5", "zs"),
        Cell(CODES, "BE", "2023", "", "c"),
        Cell(CODES, "BG", "2023", "7", "cu"),
    ]
    assert read(WRITERS[layout](SPECIALISTS, table), tmp_path) == [
        (*CODES, "AT", "2023", 1.5, "im", ""),
        (*CODES, "BE", "2023", None, "", "C"),
        (*CODES, "BG", "2023", 7.0, "u", "C"),
    ]


def test_the_cells_of_a_tsv_as_eurostat_spells_them(tmp_path: Path) -> None:
    header = "freq,unit,sex,geo\\TIME_PERIOD\t2004 \t2022 \t2023-Q1 \n"
    rows = "A,PC,F,AT\t48.4 be\t: \t: u\nA,PC,F,EU27_2020\t: @C\t0 \t5.0 bdu@N\nA,PC,M,NA\t:\t: c\t13.48 \n"
    assert read((header + rows).encode(), tmp_path) == [
        ("A", "PC", "F", "AT", "2004", 48.4, "be", ""),
        ("A", "PC", "F", "AT", "2023-Q1", None, "u", ""),
        ("A", "PC", "F", "EU27_2020", "2004", None, "", "C"),
        ("A", "PC", "F", "EU27_2020", "2022", 0.0, "", ""),
        ("A", "PC", "F", "EU27_2020", "2023-Q1", 5.0, "bdu", "N"),
        ("A", "PC", "M", "NA", "2022", None, "", "C"),
        ("A", "PC", "M", "NA", "2023-Q1", 13.48, "", ""),
    ]


ONE = [Cell(CODES, "AT", "2023", "1.5", "b"), Cell(CODES, "BE", "2023", "2.5")]
TSV = tsv(SPECIALISTS, ONE)
SDMX = sdmx_csv(SPECIALISTS, ONE)
JSON = jsonstat(SPECIALISTS, ONE)
FAULT = (
    '<?xml version="1.0"?><S:Fault xmlns:S="x"><faultcode>100</faultcode>'
    "<faultstring>NO_RESULTS: The query&apos;s result is empty.</faultstring></S:Fault>"
)


def workbook(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (gzip.compress(b"", mtime=0), "the file is empty"),
        (gzip.compress(TSV * 500, mtime=0)[:-40], "the gzip ends too early"),
        (gzip.compress(TSV, mtime=0)[:-8] + b"0" * 8, "the gzip is damaged"),
        (b"<!DOCTYPE html><html><title>Sorry &amp; back soon</title>", "a web page (Sorry & back soon)"),
        (FAULT.encode(), "NO_RESULTS: The query's result is empty."),
        (b'{"error": [{"status": 400, "id": 100, "label": "No results found"}]}', "No results found"),
        (b'{"error": {"status": "400", "label": "one or the other"}}', "one or the other"),
        (b"<queued><id>1</id><status>SUBMITTED</status></queued>", "the extraction is queued"),
        (b"<message:Structure/>", "XML without a table"),
        (workbook("xl/workbook.xml"), "XLSX workbook is damaged"),
        (workbook("data.xml"), "ZIP archive"),
        (b"a;b;c\n1;2;3\n", "no dataset of ours has its columns"),
        (TSV.replace(b"freq,unit,sex", b"freq,unit"), "the header misses the dimension sex"),
        (TSV.replace(b"freq,unit,sex", b"freq,unit,sex,age"), "a dimension too many: age"),
        (TSV.replace(b"2023 ", b"latest "), "a column is no period: latest"),
        (TSV.replace(b"geo\\TIME_PERIOD", b"geo\\time"), "an older TSV layout"),
        (TSV.replace(b"geo\\TIME_PERIOD", b"time\\geo"), "time\\\\geo': an older TSV layout"),
        (TSV.replace(b"1.5 b", b"1,5 b"), "the cell '1,5 b' is no value (series A,PC,F,AT, period 2023)"),
        (TSV.replace(b"2.5 ", b" "), "the cell ' ' is no value"),
        (TSV.replace(b"A,PC,F,BE", b"A,PC,BE"), "the series 'A,PC,BE' does not fit the header"),
        (
            TSV.replace(b"2.5 ", b"2.5 \t9 "),
            "'A,PC,F,BE\\t2.5 \\t9 ' is broken: expected number of columns: 2, found: 3",
        ),
        (TSV.replace(b"2.5 ", b"2.5 \xe9"), "invalid unicode (not UTF-8) in the line 'A,PC,F,BE"),
        (tsv(SPECIALISTS, [Cell(CODES, "AT", "2023")]), "holds no observation"),
        (SDMX.replace(b",sex,", b",gender,"), "the header misses sex"),
        (SDMX.replace(b"A,PC,F,AT", b"Annual,PC,F,AT"), "freq holds labels instead of codes: 'Annual'"),
        (SDMX.replace(b",AT,", b",Bosnia and Herzegovina,"), "geo holds labels instead of codes"),
        (SDMX.replace(b",AT,", b",Austria,"), "geo holds labels instead of codes: 'Austria'"),
        (SDMX.replace(b",sex,", b",sex,age,"), "a dimension too many: age"),
        (SDMX.replace(b"CONF_STATUS", b"CONF_STATU"), "a column that is not known: 'CONF_STATU'"),
        (SDMX.replace(b"CONF_STATUS", b"CONF_\x80STATUS"), "the header is no text in UTF-8"),
        (TSV.replace(b"freq,unit,sex", b"freq,unit,sex,sex"), "a dimension stands twice: sex"),
        (TSV.replace(b"2.5 ", b"nan "), "the cell 'nan ' is no value"),
        (TSV.replace(b"2.5 ", b"9e999 "), "the cell '9e999 ' is no value"),
        (TSV.replace(b"A,PC,F,BE", b"A,PC,F,"), "the series 'A,PC,F' does not fit the header"),
        (TSV.replace(b"\r\nA,PC,F,BE", b"\r\n\r\nA,PC,F,BE"), "expected number of columns: 2, found: 1"),
        (SDMX.replace(b",1.5,", b",about 1.5,"), "OBS_VALUE is no number: 'about 1.5' (1 rows)"),
        (SDMX.replace(b",1.5,", b",nan,"), "OBS_VALUE is no number: 'nan'"),
        (SDMX.replace(b"ITSPS(", b"ITSPT("), "it is another dataset's: 'ESTAT:ISOC_SKS_ITSPT(1.0)'"),
        (SDMX.replace(b",2023,", b",spring,"), "TIME_PERIOD is no period: 'spring'"),
        (JSON.replace(b"1.5", b'"1.5"'), "is '1.5', no number"),
        (JSON.replace(b'"id": "ISOC_SKS_ITSPS"', b'"id": "UNE_RT_M"'), "it is another dataset's: une_rt_m"),
        (JSON.replace(b'"sex"', b'"age"'), "the list of dimensions misses sex"),
        (JSON[:-30], "it is no whole JSON"),
        (b'{"version": "2.0"}', "not JSON-stat 2.0"),
        (JSON.replace(b'"size": [', b'"size": [[1], '), "not the JSON-stat it claims to be"),
        (JSON.replace(b'"category"', b'"kategorie"'), "not the JSON-stat it claims to be"),
        (JSON.replace(b'"version"', b'"value": {}, "version"'), "a key stands twice"),
        (JSON.replace(b'"0": 2.5', b'"0": 2.5, "00": 7'), "a position stands twice"),
        (JSON.replace(b'"AT"', b'"Austria "'), "'Austria ' is no code or period"),
        (JSON.replace(b'"2023"', b'"spring"'), "'spring' is no code or period"),
        (jsonstat(SPECIALISTS, [Cell(CODES, "AT", "2023")]), "holds no observation"),
    ],
)
@pytest.mark.fault(
    "parse",
    "garbage",
    "a dimension missing or too many",
    "labels instead of codes",
    "a wrong encoding",
    "a cell that is no value",
    "another dataset's table",
    expected="refused with the place and the reason",
)
def test_what_is_no_table_is_refused_by_name(content: bytes, said: str, tmp_path: Path) -> None:
    assert said in refused(content, tmp_path)


def test_a_position_beyond_the_table_is_refused(tmp_path: Path) -> None:
    document = json.loads(JSON)
    document["value"]["99"] = 1.0
    assert "not the JSON-stat it claims to be" in refused(json.dumps(document).encode(), tmp_path)


def test_dense_values_and_a_dimension_with_one_unnumbered_code(tmp_path: Path) -> None:
    document = json.loads(jsonstat(SPECIALISTS, ONE))
    document["value"] = [2.5, None]
    document["dimension"]["freq"]["category"] = {"label": {"A": "Annual"}}
    found = read(json.dumps(document).encode(), tmp_path)
    assert found == [(*CODES, "AT", "2023", None, "b", ""), (*CODES, "BE", "2023", 2.5, "", "")]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (["", "b"], ["", "b"]),
        ([None, "b|C"], ["", "b|C"]),
        ({"1": "b"}, ["", "b"]),
        ("e", ["e", "e"]),
        ("", ["", ""]),
        (None, ["", ""]),
    ],
)
def test_statuses_as_a_list_an_object_or_one_for_all(
    status: object, expected: list[str], tmp_path: Path
) -> None:
    document = json.loads(jsonstat(SPECIALISTS, ONE))
    document["status"] = status
    found = {
        str(row[3]): f"{row[-2]}|{row[-1]}".rstrip("|")
        for row in read(json.dumps(document).encode(), tmp_path)
    }
    assert found == dict(zip(("BE", "AT"), expected, strict=True))


@pytest.mark.fault("parse", "a gzip bomb", expected="refused at the size bound")
def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 3_000_000))
    check_whole("bomb", path, limit=3_000_000)
    with pytest.raises(Unreadable, match="unpacks to more than 2999999 bytes"):
        check_whole("bomb", path, limit=2_999_999)


@pytest.mark.parametrize(
    ("layout", "code", "dimensions", "updated_at"),
    [
        ("tsv", "", ("freq", "unit", "sex"), None),
        ("wide", "", ("freq", "unit", "sex"), None),
        ("sdmx 1.0", "isoc_sks_itsps", ("freq", "unit", "sex"), datetime(2026, 6, 15, 9, tzinfo=UTC)),
        ("sdmx 2.0 with labels", "isoc_sks_itsps", ("freq", "unit", "sex"), None),
        ("jsonstat", "isoc_sks_itsps", ("freq", "unit", "sex"), datetime(2026, 6, 15, 9, tzinfo=UTC)),
    ],
)
def test_what_a_file_tells_of_itself(
    layout: str, code: str, dimensions: tuple[str, ...], updated_at: datetime | None, tmp_path: Path
) -> None:
    path = tmp_path / "unnamed"
    path.write_bytes(gzip.compress(WRITERS[layout](SPECIALISTS, ONE)))
    said = formats.describe(path)
    assert (said.code, said.dimensions, said.updated_at) == (code, dimensions, updated_at)


STATED = "# vintage: 2026-02-27\n# source: Eurostat\nfreq,unit,sex,geo,period,value,flags\n"


def test_stated_figures(tmp_path: Path) -> None:
    found = read(f"{STATED}A,PC,F,AT,2023,1.50,b\nA,PC,F,BE,2023,,u\n".encode(), tmp_path)
    assert found == [(*CODES, "AT", "2023", 1.5, "b", ""), (*CODES, "BE", "2023", None, "u", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STATED, "holds no observation"),
        (STATED.replace("# source: Eurostat\n", "") + "A,PC,F,AT,2023,1,\n", "'# source: …' is missing"),
        (STATED.replace("2026-02-27", "soon") + "A,PC,F,AT,2023,1,\n", "is missing or wrong"),
        (STATED + "A,PC,F,AT,2023,1,\nA,PC,F,AT,2024,one,\n", "line 5: the value 'one' is no number"),
        (STATED + "A,PC,F,AT,2023,1\n", "line 4 has no text in a column"),
        (STATED + "A,PC,F,AT,2023,1,,,\n", "line 4 has no geo and period in their columns"),
        (STATED.replace("flags", "flags,conf") + "A,PC,F,AT,2023,1,,C\n", "'conf', which is no column"),
        (STATED.replace(",sex", "") + "A,PC,AT,2023,1,\n", "the header misses the column sex"),
    ],
)
def test_stated_figures_without_provenance_or_sense_are_refused(text: str, said: str, tmp_path: Path) -> None:
    assert said in refused(text.encode(), tmp_path)


def test_published_values_in_every_layout(shared_data: Path) -> None:
    """EU27_2020, all enterprises, E_AI_TANY, as the collected files of three formats hold it."""
    found: dict[str, set[object]] = {}
    for name in ("isoc_eb_ai_2025.json", "isoc_eb_ai_tabular.excerpt.tsv", "isoc_eb_ai.sdmx.excerpt.csv"):
        with duckdb.connect() as connection:
            table = formats.read(AI, shared_data / "eurostat" / name, connection)
            where = "size_emp = 'GE10' AND indic_is = 'E_AI_TANY' AND unit = 'PC_ENT' AND geo = 'EU27_2020'"
            for period, value in table.filter(where).project("period, value").fetchall():
                found.setdefault(str(period), set()).add(value)
    assert found == {"2021": {7.65}, "2023": {8.06}, "2024": {13.48}, "2025": {19.95}}
