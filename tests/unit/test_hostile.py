"""Hostile addresses, texts and files: what they say stays text, and leads nowhere."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import duckdb
import pytest

from dashboards import cases, data
from tests.releases import build_release
from tests.unit.test_pages import ROOT, opened
from tests.unit.test_pages import home as home
from warehouse.read import NoRelease, current, open_release

HOSTILE = (
    "'; DROP TABLE figures; --",
    '<script>alert("x")</script>',
    "../../../../etc/passwd",
    "%00${7*7}{{7*7}}",
    '=HYPERLINK("http://evil.example")',
)
PAGES = ("public_sector", "claims", "actors", "sectors", "revisions", "briefs", "data")


def parameters() -> list[str]:
    """Every name that a page reads from its address."""
    sources = (ROOT / "dashboards").rglob("*.py")
    found = {
        name
        for path in sources
        for name in re.findall(r'^[A-Z, ]+ = ("[a-z_", -]+)$', path.read_text(), re.M)
    }
    return sorted({part.strip(' "') for names in found for part in names.split(",")})


def test_a_hostile_address_changes_nothing_and_is_never_shown_as_markup(home: Path) -> None:
    before, names = current(home), parameters()
    assert {"lang", "geo", "as_of"} <= {*names}
    app = opened("overview", **dict(zip(names, cycle(HOSTILE), strict=False)))
    for page in PAGES:
        app.switch_page(f"views/{page}.py").run()
        assert not app.exception, page
        texts = [element.value for kind in ("markdown", "caption", "title") for element in getattr(app, kind)]
        bodies = [element.proto.body for element in app.get("html")]
        assert not [said for said in (*texts, *bodies) if "<script" in said or "etc/passwd" in said]
    assert current(home) == before


@pytest.mark.parametrize("text", HOSTILE)
def test_a_search_is_a_value_and_never_sql(home: Path, text: str) -> None:
    release = open_release(home)
    assert cases.count(release, cases.Search(*[text] * 6)) == 0
    assert cases.count(release, cases.Search(words=text)) == 0
    assert text not in str(data.names(release, text, "en"))


@pytest.mark.parametrize("name", ["../x", "/etc", "..", "a/../../b", "x\x00y", "."])
def test_no_name_of_a_release_leads_out_of_the_home(home: Path, name: str) -> None:
    with pytest.raises((NoRelease, ValueError)):
        open_release(home, name)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (i INT)",
        "DELETE FROM figures",
        "UPDATE figures SET value = 0",
        "DROP VIEW IF EXISTS figures",
        "CREATE OR REPLACE TABLE figures AS SELECT 1",
    ],
)
def test_the_database_of_pages_cannot_be_written(tmp_path: Path, sql: str) -> None:
    build_release(tmp_path)
    release = open_release(tmp_path)
    bytes_before = (release.folder / "observatory.duckdb").read_bytes()
    with pytest.raises((duckdb.InvalidInputException, duckdb.CatalogException)):
        release.query(sql)
    assert (release.folder / "observatory.duckdb").read_bytes() == bytes_before
