"""The names of codes in a release and on its pages: ours, and the official ones where we have none."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from indicators.labels import label
from pipelines.labels import labels
from sources.codes import MEMBER_STATES
from sources.settings import Settings
from tests.releases import build_release
from tests.replica import Replica
from tests.replica.tables import Cell, tsv
from tests.toys import TOY, state
from tests.unit.test_codelists import AI, put, refresh
from tests.unit.test_pages import opened, shown
from warehouse.read import DATABASE, open_release


def test_a_release_names_codes_in_our_words_and_else_in_the_official_ones(
    replica: Replica, settings: Settings
) -> None:
    live = settings.model_copy(update={"offline": False})
    cells = [
        Cell(("A", "GE10", activity, "E_AI_TANY", "PC_ENT"), geo, "2025", "10")
        for activity in ("J", "J63_NEW")
        for geo in (*MEMBER_STATES, "AT11")
    ]
    put(replica, AI.code, tsv(AI, cells).decode())
    put(replica, "codelist_geo_en", "AT\tRepublic of Austria\nAT11\tBurgenland\nZZ\tNowhere\n")
    put(replica, "codelist_nace_r2_de", "J\tInformation und Kommunikation, amtlich\nJ63_NEW\tNeue Dienste\n")
    assert refresh(live, AI.id, "codelist_geo_en", "codelist_nace_r2_de").problems == ()
    found = open_release(live.home).query("SELECT dimension, code, lang, label FROM labels")
    names = {(dimension, code, lang): text for dimension, code, lang, text in found.itertuples(index=False)}
    assert len(names) == len(found), "each code has one name"
    assert names["geo", "AT11", "en"] == "Burgenland"
    assert names["nace_r2", "J63_NEW", "de"] == "Neue Dienste"
    assert (
        names["nace_r2", "J", "de"] == label("nace_r2", "J", "de") != "Information und Kommunikation, amtlich"
    )
    assert ("geo", "ZZ", "en") not in names, "no table holds it"
    assert names["geo", "AT", "en"] == "Austria"
    assert names["geo", "EU27_2020", "en"] == "EU"


def test_without_code_lists_a_release_has_our_words(tmp_path: Path) -> None:
    found = labels({"toy": state(tmp_path, ["S,XX,2025,1,,"], TOY)}, "700MB")
    assert ("nace_r2", "C", "en", "Manufacturing") in found
    assert ("geo", "AT", "de", "Österreich") in found
    assert not [one for one in found if one[1] == "XX"]


def test_a_page_shows_the_official_name_where_we_have_none() -> None:
    official = {"J63_NEW": "Neue Dienste", "J": "amtlich"}
    assert label("nace_r2", "J63_NEW", "de", official) == "Neue Dienste"
    assert label("nace_r2", "J", "de", official) == label("nace_r2", "J", "de")
    assert label("nace_r2", "J63_NEW", "de") == "J63_NEW"


def test_the_page_of_a_breakdown_shows_an_official_name_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        like = "figures WHERE member = 'E_AI_TAR'"
        connection.execute(f"INSERT INTO figures SELECT * REPLACE ('E_AI_TNEW' AS member) FROM {like}")
        connection.execute(
            "INSERT INTO labels VALUES ('indic_is', 'E_AI_TNEW', 'en', 'Dream <b>reading</b>')"
        )
        connection.execute("INSERT INTO labels VALUES ('indic_is', 'E_AI_TAR', 'en', 'Official robots')")
    app = opened("enterprises")
    text = shown(app)
    assert "Dream <b>reading</b>" in text, "in tables as it stands"
    assert "Official robots" not in text
    assert "E_AI_TNEW" not in text
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    marks = [name for spec in specs for name in spec["layout"].get("yaxis", {}).get("ticktext", ())]
    assert [name for name in marks if "Dream" in name] == ["Dream<br>&lt;b&gt;reading&lt;/b&gt; "]
