"""A chart alone, for another site: what the address names and nothing around it; and the pages of methods and downloads."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from indicators.exports import zipped
from indicators.registry import indicators
from tests.releases import Plan, build_release
from tests.unit.test_pages import ROOT, opened, shown
from warehouse.read import open_release


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build_release(home)
    return home


@pytest.fixture(autouse=True)
def _read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(home))


def embedded(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboards" / "views" / "embed.py"), default_timeout=60)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"chart": "map", "indicator": "enterprises_using_ai"}, "Enterprises using AI, 2025"),
        ({"chart": "ranking", "indicator": "enterprises_using_ai"}, "Enterprises using AI, 2025"),
        ({"chart": "trend", "indicator": "smes_using_ai"}, "SMEs using AI"),
        (
            {"chart": "members", "indicator": "enterprises_using_ai", "by": "size_emp", "members": "GE250"},
            "Enterprises using AI (Size of enterprise), 2025",
        ),
    ],
)
def test_a_chart_alone_has_its_source_and_a_link_back(query: dict[str, str], title: str) -> None:
    app = embedded(**query)
    assert [heading.value for heading in app.header] == [title]
    assert len(app.get("plotly_chart")) == 1
    assert any("Source: Eurostat" in caption.value for caption in app.caption)
    assert "(./?" in app.markdown[-1].value
    assert not app.get("download_button")
    assert not app.get("expander")


@pytest.mark.parametrize("query", [{}, {"chart": "map", "indicator": "<script>"}])
def test_an_address_that_names_no_chart_says_so(query: dict[str, str]) -> None:
    app = embedded(**query)
    assert [one.value for one in app.info] == ["The address names no chart of the observatory."]
    assert len(app.get("plotly_chart")) == 0


def test_the_methodology_has_an_anchor_for_every_indicator() -> None:
    app = opened("methodology")
    anchors = {heading.proto.anchor for heading in app.subheader}
    assert set(indicators()) <= anchors
    text = shown(app)
    assert text.count("Witness: ") == len(indicators())


def test_the_statement_says_whom_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "OBSERVATORY_CONTACT" in shown(opened("accessibility"))
    monkeypatch.setenv("OBSERVATORY_CONTACT", "access@example.org")
    text = shown(opened("accessibility"))
    assert "access@example.org" in text
    assert "OBSERVATORY_CONTACT" not in text


def test_the_downloads_offer_every_form_and_make_it_when_asked(home: Path) -> None:
    app = opened("downloads")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [
        f"Download as {form} (ZIP)" for form in ("DuckDB", "Parquet", "CSV", "SDMX-CSV", "XLSX")
    ]
    with ZipFile(io.BytesIO(zipped(open_release(home), "sdmx-csv"))) as packed:
        assert packed.testzip() is None
        names = {Path(name).name for name in packed.namelist()}
        package = json.loads(packed.read(f"ai-observatory-{Plan().id}-sdmx-csv/datapackage.json"))
    assert names == {"figures.sdmx.csv", "datapackage.json", "dcat.jsonld", "LICENCES.txt"}
    assert package["version"] == Plan().id


def test_where_the_tables_are_large_only_the_figures_are_made_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build_release(tmp_path)
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**9)  # a file with a hole: it takes no room
    monkeypatch.setattr(
        "warehouse.read.OpenRelease.tables", {"a": tmp_path / "large", "b": tmp_path / "gone"}
    )
    app = opened("downloads")
    assert len(app.get("download_button")) == 2
    assert "observatory export --format duckdb -o DIR" in [one.value for one in app.code]
