"""What is taken away: every chart in every form, with title, sources, vintages, flags and licences inside the file."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import plotly.graph_objects as go
import pytest

from dashboards.charts.look import DARK, LIGHT
from dashboards.exhibit_model import CSV_COLUMNS, Exhibit
from dashboards.reader import Reader
from dashboards.takeaway import links
from dashboards.takeaway import offer as offering
from dashboards.takeaway.chart import chart
from dashboards.takeaway.links import Wanted, read
from dashboards.takeaway.matter import matter
from dashboards.takeaway.picture import png, svg
from dashboards.takeaway.plot import Undrawable, content
from dashboards.takeaway.tables import csv_file, xlsx_file
from tests.releases import HOSTILE, Plan, build_release
from tests.unit.test_pages import opened, unfold

PAGES = ("overview", "enterprises", "public_sector", "labour", "targets", "revisions")
Shown = dict[str, tuple[Exhibit, Reader]]
SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Every exhibit of the pages, by page and key, for a reader of French who highlights Malta."""
    found: Shown = {}
    home = tmp_path_factory.mktemp("home")
    build_release(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_HOME", str(home))
        for page in PAGES:
            keep = lambda one, reader, page=page: found.update({f"{page}-{one.key}": (one, reader)})  # noqa: E731
            patch.setattr(offering, "offer", keep)
            unfold(opened(page, lang="fr", geo="MT"))
    return found


def texts_of(content: bytes) -> dict[str, str]:
    """The text chunks of a PNG, by their keywords; fails where a checksum is wrong."""
    place, found = 8, {}
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, said = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", content[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + said)
        if kind == b"iTXt":
            name, _, rest = said.partition(b"\0")
            found[name.decode()] = rest.lstrip(b"\0").decode()
        place += 12 + length
    return found


def test_every_chart_is_drawn_with_all_that_it_must_say(shown: Shown) -> None:
    assert len(shown) > 15
    for name, (exhibit, reader) in shown.items():
        told = matter(exhibit, reader, "http://127.0.0.1/x")
        root = ET.fromstring(svg(told))  # noqa: S314 - our own drawing
        texts = " ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))
        words = re.sub(r"\s+", " ", texts)
        for part in (told.title, told.origins[0].name, told.origins[0].vintage, told.flags, Plan().id):
            assert re.sub(r"\s+", " ", part)[:40] in words, (name, part)
        assert root.findtext(f"{SVG}title") == told.title
        assert next(root.iter(f"{DC}rights")).text == told.licence != ""
        assert next(root.iter(f"{DC}date")).text == told.vintage != ""


def test_a_picture_says_the_same_in_its_text_chunks(shown: Shown) -> None:
    exhibit, reader = shown["enterprises-map"]
    told = matter(exhibit, reader)
    content = png(told)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    texts = texts_of(content)
    assert texts["Title"] == told.title
    assert texts["Copyright"] == told.licence
    assert "isoc_eb_ai" in texts["Source"]
    assert texts["Release"] == Plan().id
    wide, high = struct.unpack(">II", content[16:24])
    assert wide > 1500
    assert high > 1000


def test_a_table_keeps_its_columns_and_gains_what_it_must_say(shown: Shown) -> None:
    for exhibit, reader in shown.values():
        told = matter(exhibit, reader)
        rows = list(csv.DictReader(io.StringIO(csv_file(told).decode())))
        assert [{name: row[name] for name in told.rows[0]} for row in rows] == list(told.rows)
        assert [row["geo"] for row in rows] == list(exhibit.figures["geo"])
        assert {row["licence"] for row in rows} == {told.licence}
        assert all(row["title"] and row["source"] and row["vintage"] for row in rows)
    assert tuple(matter(*shown["enterprises-map"]).rows[0]) == CSV_COLUMNS


def test_every_chart_is_one_that_plotly_accepts(shown: Shown) -> None:
    for exhibit, _ in shown.values():
        drawn = json.loads(exhibit.drawing)
        go.Figure({name: drawn[name] for name in ("data", "layout")})  # raises ValueError


def test_a_workbook_holds_numbers_and_its_sources(shown: Shown) -> None:
    exhibit, reader = shown["enterprises-ranking"]
    told = matter(exhibit, reader, "http://127.0.0.1/x")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(told)))
    figures, source = book.worksheets
    head, *rows = figures.iter_rows(values_only=True)
    values = [row[head.index("value")] for row in rows]
    assert [value for value in values if value is not None] == exhibit.figures["value"].dropna().tolist()
    assert "flags_in_words" in head
    said = [str(cell) for row in source.iter_rows(values_only=True) for cell in row if cell]
    for part in (told.title, Plan().id, told.licence, told.vintage, "isoc_eb_ai"):
        assert part in said
    assert book.properties.title == told.title


def test_a_hostile_text_stays_text_in_every_file(shown: Shown) -> None:
    exhibit, reader = shown["enterprises-size"]
    exhibit = replace(exhibit, title=f"={HOSTILE}", summary=HOSTILE)
    told = matter(exhibit, reader)
    root = ET.fromstring(svg(told))  # noqa: S314 - our own drawing
    assert root.findtext(f"{SVG}desc") == HOSTILE
    assert next(root.iter(f"{SVG}image"), None) is None
    assert b"<img" not in svg(told)
    assert next(csv.DictReader(io.StringIO(csv_file(told).decode())))["title"] == f"'={HOSTILE}"
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(told)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_chart_of_a_kind_that_pages_do_not_have_is_refused(shown: Shown) -> None:
    exhibit, reader = shown["enterprises-size"]
    for odd in (
        {"type": "pie", "values": [1]},
        {"type": "scatter", "mode": "markers", "x": [1], "y": [1], "marker": {"symbol": "star"}},
    ):
        with pytest.raises(Undrawable):
            svg(replace(matter(exhibit, reader), figure=go.Figure({"data": [odd]})))


def test_a_band_and_a_gap_are_drawn_as_such(shown: Shown) -> None:
    edge = {"type": "scatter", "mode": "lines", "x": [2024, 2030], "line": {"width": 0}}
    band = [
        {**edge, "y": [20, 60]},
        {**edge, "y": [20, 40], "fill": "tonexty", "fillcolor": "rgba(1,2,3,0.2)"},
    ]
    line = {"type": "scatter", "mode": "lines", "x": [2021, 2023, 2024, 2025], "y": [8, None, 13, 20]}
    drawn = chart(go.Figure({"data": [*band, {**line, "line": {"color": "#123456"}}]})).body
    assert 'fill="#010203" fill-opacity="0.2"' in drawn
    runs = [way.split() for way in re.findall(r'points="([^"]+)"[^>]*stroke="#123456"', drawn)]
    assert [len(run) for run in runs] == [1, 2]


def test_a_chart_of_the_dark_theme_is_taken_away_on_white(shown: Shown) -> None:
    dark = go.Figure({"data": [], "layout": {"font": {"color": DARK.text}, "paper_bgcolor": DARK.union}})
    assert content(dark)["layout"]["font"]["color"] == LIGHT.text
    assert content(dark)["layout"]["paper_bgcolor"] == LIGHT.union


def test_the_address_of_every_usual_chart_names_it(shown: Shown) -> None:
    own = [exhibit.wanted for exhibit, _ in shown.values() if exhibit.wanted]
    assert {one.chart for one in own} == set(links.CHARTS)
    assert [read(one.query) for one in own] == own


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"chart": "pie", "indicator": "sme_gap"},
        {"chart": "map", "indicator": "nothing"},
        {"chart": "members", "indicator": "enterprises_using_ai"},
        {"chart": "map", "indicator": "sme_gap", "by": "'; DROP TABLE figures"},
        {"chart": "map", "indicator": "sme_gap", "members": "<img>"},
        {"chart": "map", "indicator": "sme_gap", "members": ",".join(["A"] * 100)},
        {"chart": "map", "indicator": "sme_gap", "whole": "nowhere at all"},
    ],
)
def test_an_address_that_names_no_chart_is_refused(query: dict[str, str]) -> None:
    assert read(query) is None


def test_a_good_address_is_read() -> None:
    query = {
        "chart": "members",
        "indicator": "enterprises_using_ai",
        "by": "size_emp",
        "members": "GE10,GE250",
    }
    assert read(query) == Wanted("members", "enterprises_using_ai", "size_emp", ("GE10", "GE250"))


def test_files_are_made_by_the_form_that_is_asked_for(shown: Shown, tmp_path: Path) -> None:
    exhibit, reader = shown["enterprises-size"]
    starts = {form: offering.made(exhibit, reader, form)[:4] for form in offering.FORMS}
    assert starts == {"csv": b"indi", "xlsx": b"PK\x03\x04", "svg": b"<svg", "png": b"\x89PNG"}
