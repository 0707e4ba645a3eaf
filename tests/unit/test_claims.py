"""Official claims: the register's rows, the verdict from what was known then and now, and the command."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import observatory
from indicators.claim_words import COLUMNS, MEANINGS, VERDICT_WORDS, claimed_text, known_text
from indicators.claims import (
    WORDS,
    Asked,
    Claim,
    Known,
    Reading,
    agrees,
    claims,
    judge,
    register,
    tally,
    verdicts,
)
from indicators.formula import breakdown_of
from indicators.registry import formulas, indicators
from observatory.console import ALL_WELL, NOTHING_PUBLISHED
from sources.curated import FOLDER, Curated
from sources.curated.claims import CLAIMS, FIGURE, READINGS, RELATIONS
from sources.model import Capture, Dataset, Unreadable
from tests.releases import Plan, build_release
from warehouse.contents import FIGURES
from warehouse.read import DATABASE, OpenRelease

DAY = date(2025, 10, 8)
ASKED = Asked("", "enterprises_using_ai", ("EU27_2020",), "2024", "", "")
CLAIM = Claim(
    id="uptake",
    group="uptake",
    text="13.5 % of enterprises use AI",
    source="a text",
    link="https://example.invalid",
    dated="2025-10-08",
    as_of=DAY,
    relation="equals",
    value=13.5,
    decimals=1,
    unit="PC_ENT",
    asked=(ASKED,),
    note="",
)
ROW = dict.fromkeys(CLAIMS.columns, "") | {
    "claim": "uptake",
    "text": "13.5 % of enterprises use AI",
    "source": "a text",
    "link": "https://example.invalid",
    "date": "2025-10-08",
    "relation": "equals",
    "value": "13.5",
    "decimals": "1",
    "unit": "PC_ENT",
    "indicator": "enterprises_using_ai",
    "geo": "EU27_2020",
    "period": "2024",
}
READING = dict.fromkeys(READINGS.columns, "") | {
    "reading": "all",
    "claim": "uptake",
    "title": "everywhere",
    "indicator": "public_sector_ai_cases",
    "geo": "EU27_2020+EU_INST",
}


def bundled(dataset: Dataset) -> list[dict[str, str]]:
    with (FOLDER / f"{dataset.code}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known(value: float | None) -> Known | None:
    return None if value is None else Known(value, "PC_ENT", "", "2024", DAY)


# The verdict


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        (13.48, 13.48, "reproduced then"),
        (None, 13.48, "reproduced now"),
        (13.48, 13.61, "revised since"),
        (13.48, None, "revised since"),
        (None, 13.61, "differs now, vintage not held"),
        (13.61, 13.48, "not reproduced as worded"),
        (13.61, 13.61, "not reproduced as worded"),
        (None, None, "not loaded"),
    ],
)
def test_a_verdict_follows_from_what_was_known_then_and_now(
    then: float | None, now: float | None, word: str
) -> None:
    assert judge(CLAIM, [Reading(ASKED, known(then), known(now))]).word == word


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        (1300, 1100, "reproduced then"),
        (1300, None, "reproduced then"),
        (1114, 1513, "not reproduced as worded"),
        (None, 1513, "not loaded"),
    ],
)
def test_a_claim_about_a_moment_is_judged_as_of_that_moment_only(
    then: float | None, now: float | None, word: str
) -> None:
    asked = replace(ASKED, period="")
    claim = replace(CLAIM, relation="more than", value=1200, decimals=0, unit="CASES", asked=(asked,))
    assert judge(claim, [Reading(asked, known(then), known(now))]).word == word


def test_a_quoted_claim_is_not_judged() -> None:
    assert judge(replace(CLAIM, relation="quoted", asked=()), []).word == "quoted"


def test_the_first_reading_judges_and_the_others_stand_beside_it() -> None:
    other = replace(ASKED, title="everywhere")
    verdict = judge(CLAIM, [Reading(ASKED, None, known(13.9)), Reading(other, None, known(13.5))])
    assert verdict.word == "differs now, vintage not held"
    assert [reading.asked.title for reading in verdict.readings] == ["", "everywhere"]


@pytest.mark.parametrize(
    ("relation", "stated", "decimals", "value", "borne_out"),
    [
        ("equals", 20.0, 1, 19.95, True),
        ("equals", 20.0, 1, 19.94, False),
        ("equals", 0.3, 1, 0.25, True),
        ("equals", 8.0, 1, 8.06, False),
        ("equals", 1200, 0, 1200.4, True),
        ("more than", 1200, 0, 1200.0, False),
        ("more than", 1200, 0, 1201.0, True),
        ("less than", 5, 0, 5.0, False),
        ("less than", 5, 0, 4.9, True),
    ],
)
def test_equal_is_what_reads_the_same_at_the_decimals_stated(
    relation: Any, stated: float, decimals: int, value: float, borne_out: bool
) -> None:
    claim = replace(CLAIM, relation=relation, value=stated, decimals=decimals)
    assert agrees(claim, Known(value, "PC_ENT", "", "2024", DAY)) is borne_out


@pytest.mark.parametrize(
    ("stated", "now", "rounded"), [(19.9, 19.95, True), (20.0, 19.95, False), (8.0, 8.06, False)]
)
def test_what_rounding_from_more_decimals_explains_is_said_and_not_accepted(
    stated: float, now: float, rounded: bool
) -> None:
    verdict = judge(replace(CLAIM, value=stated), [Reading(ASKED, None, known(now))])
    assert verdict.rounded is rounded
    assert (verdict.word == "reproduced now") is (stated == 20.0)


# The figures behind it

FIRST, LATER = datetime(2025, 1, 26, tzinfo=UTC), datetime(2026, 3, 28, tzinfo=UTC)


OLD = Capture(
    id="old",
    dataset="isoc_eb_ai",
    url="https://example.invalid",
    retrieved_at=LATER,
    known_from=FIRST,
    source_updated_at=None,
    sha256="",
    size=1,
    media_type="",
    scope="full",
    origin="imported",
    state="accepted",
)
NEW, UNDATED = replace(OLD, id="new", known_from=LATER), replace(OLD, id="undated", known_from=None)


def figure(**own: Any) -> dict[str, Any]:
    stated = {"indicator": "enterprises_using_ai", "geo": "EU27_2020", "period": "2024", "value": 13.48}
    texts = {"breakdown": "", "member": "", "unit": "PC_ENT", "flags": "", "status": "measured"}
    return {**stated, **texts, "captures": ["old"], "known_from": FIRST, "known_to": None, **own}


@pytest.fixture
def opened(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> OpenRelease:
    """A release that holds the register and no figure yet."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FIGURES.items())
    connection.execute(f"CREATE TABLE figures ({columns})")
    rows = [asdict(capture) for capture in (OLD, NEW, UNDATED)]
    connection.register("captures_", pd.DataFrame(rows))
    connection.execute("CREATE SCHEMA curated")
    connection.execute("CREATE TABLE captures AS SELECT * FROM captures_")
    return OpenRelease("r", tmp_path, connection)


def hold(opened: OpenRelease, *rows: dict[str, Any]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        opened.connection.execute(f"INSERT INTO figures ({names}) VALUES ({marks})", list(row.values()))


def state(opened: OpenRelease, dataset: Dataset, *rows: dict[str, str]) -> None:
    path = opened.folder / f"{dataset.code}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dataset.columns)
        writer.writeheader()
        writer.writerows(rows)
    Curated().parse(dataset, path, opened.connection).create(dataset.view)


def test_then_is_the_figure_known_on_the_as_of_date(opened: OpenRelease) -> None:
    hold(
        opened,
        figure(value=13.48, known_to=LATER),
        figure(value=13.61, flags="b", known_from=LATER, captures=["new"]),
    )
    state(opened, CLAIMS, ROW)
    (verdict,) = verdicts(opened)
    assert verdict.word == "revised since"
    assert verdict.readings[0].then == Known(13.48, "PC_ENT", "", "2024", FIRST.date())
    assert verdict.readings[0].now == Known(13.61, "PC_ENT", "b", "2024", LATER.date())


def test_a_figure_confirmed_later_is_told_with_the_vintage_held_then(opened: OpenRelease) -> None:
    hold(opened, figure(captures=["new"]))
    state(opened, CLAIMS, ROW)
    (reading,) = verdicts(opened)[0].readings
    assert reading.then is not None
    assert reading.now is not None
    assert (reading.then.vintage, reading.now.vintage) == (FIRST.date(), LATER.date())


@pytest.mark.parametrize(
    ("own", "word"),
    [
        ({"known_from": datetime(2025, 10, 8, 23, tzinfo=UTC)}, "reproduced then"),
        ({"known_from": datetime(2025, 10, 9, tzinfo=UTC)}, "reproduced now"),
        ({"known_from": None, "captures": ["undated"]}, "reproduced now"),
        ({"value": None, "status": "not publishable"}, "not loaded"),
        ({"period": "2023"}, "not loaded"),
        ({"geo": "DE"}, "not loaded"),
        ({"breakdown": "size_emp", "member": "GE250"}, "not loaded"),
    ],
)
def test_what_counts_as_held_on_the_day(opened: OpenRelease, own: dict[str, Any], word: str) -> None:
    hold(opened, figure(**own))
    state(opened, CLAIMS, ROW)
    assert [verdict.word for verdict in verdicts(opened)] == [word]


def test_counts_of_several_geographies_are_added_up_and_rates_are_not(opened: OpenRelease) -> None:
    cases = {"indicator": "public_sector_ai_cases", "unit": "CASES", "period": "2024-11-26"}
    newer = {**cases, "period": "2025-08-20"}
    hold(
        opened,
        figure(**cases, value=1114),
        figure(**cases, geo="EU_INST", value=11),
        figure(**newer, value=1332),
        figure(value=13.48),
        figure(value=11.0, geo="EU_INST"),
    )
    rates = {"reading": "rates", "indicator": "enterprises_using_ai", "period": "2024"}
    state(opened, CLAIMS, ROW)
    state(opened, READINGS, READING, READING | rates)
    _, counts, none = verdicts(opened)[0].readings
    assert counts.now is not None
    assert (counts.now.value, counts.now.period) == (1125, "2024-11-26"), "the newest that both have"
    assert (none.then, none.now) == (None, None)


def test_a_release_without_the_register_has_no_verdicts(opened: OpenRelease) -> None:
    assert (register(opened), verdicts(opened)) == ((), ())


# The register


def test_our_own_claims_ask_for_figures_that_there_are() -> None:
    found = claims(bundled(CLAIMS), bundled(READINGS))
    assert len(found) == len(bundled(CLAIMS)) > 30
    for claim in found:
        for asked in claim.asked:
            indicator = indicators()[asked.indicator]
            assert indicator.unit == claim.unit
            assert asked.breakdown in [breakdown_of(formula) for formula in formulas(indicator)]
            assert len(asked.geos) == 1 or claim.unit == "CASES"
        if claim.asked:
            assert claim.asked[0].title == ""
            assert claimed_text(claim, "en")


def test_adding_one_claim_is_adding_one_row(opened: OpenRelease) -> None:
    hold(opened, figure(geo="AT", value=20.3))
    added = ROW | {"claim": "austria", "text": "20.3 % in Austria", "value": "20.3", "geo": "AT"}
    state(opened, CLAIMS, *bundled(CLAIMS), added)
    state(opened, READINGS, *bundled(READINGS))
    found = verdicts(opened)
    assert (found[-1].claim.text, found[-1].word) == ("20.3 % in Austria", "reproduced then")
    assert tally(found)["quoted"] == sum(row["relation"] == "quoted" for row in bundled(CLAIMS))
    assert [*tally(found)] == sorted(tally(found), key=WORDS.index)


def test_a_reading_of_no_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no claim uptake"):
        claims([], [READING])


@pytest.mark.parametrize(
    ("dataset", "row", "said"),
    [
        (CLAIMS, ROW | {"relation": "about"}, f"the relation 'about' is none of {', '.join(RELATIONS)}"),
        (CLAIMS, ROW | {"value": ""}, "value is blank, and the claim is not quoted"),
        (CLAIMS, ROW | {"geo": ""}, "geo is blank, and the claim is not quoted"),
        (CLAIMS, ROW | {"value": "many"}, "value is no number"),
        (CLAIMS, ROW | {"unit": "PCT"}, "the unit 'PCT' is none of"),
        (CLAIMS, ROW | {"decimals": "one"}, "the decimals 'one' are no digit"),
        (CLAIMS, ROW | {"date": "2025-10"}, "judged as of '2025-10', which is no day: fill as_of"),
        (CLAIMS, ROW | {"as_of": "2025-02-30"}, "judged as of '2025-02-30', which is no day"),
        (CLAIMS, ROW | {"date": "last year"}, "the date 'last year' is no date"),
        (CLAIMS, ROW | {"link": "javascript:alert(1)"}, "the link 'javascript:alert(1)' is no address"),
        (CLAIMS, ROW | {"period": "soon"}, "the period 'soon' is no period"),
        (CLAIMS, ROW | {"geo": "EU27_2020;DE"}, "the geo 'EU27_2020;DE' is no country or group"),
        (CLAIMS, ROW | {"relation": "quoted"}, "a quoted claim names no figure"),
        (CLAIMS, ROW | {"source": ""}, "source is blank"),
        (READINGS, READING | {"title": ""}, "title is blank"),
        (READINGS, READING | {"geo": "+"}, "the geo '+' is no country or group"),
    ],
)
def test_a_row_that_cannot_be_judged_is_refused_with_its_line(
    opened: OpenRelease, dataset: Dataset, row: dict[str, str], said: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        state(opened, dataset, row)
    assert "line 2: " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("date", ["2025-10-08", "2023-10"])
def test_a_quoted_number_of_things_needs_no_unit(opened: OpenRelease, date: str) -> None:
    blank = dict.fromkeys(("unit", *FIGURE), "")
    state(opened, CLAIMS, ROW | blank | {"relation": "quoted", "date": date, "value": "250", "decimals": "0"})
    (verdict,) = verdicts(opened)
    assert (verdict.word, claimed_text(verdict.claim, "de")) == ("quoted", "250")


# In words


def test_a_value_is_told_with_its_relation_its_flags_and_its_vintage() -> None:
    claim = replace(CLAIM, relation="more than", value=1200, decimals=0, unit="CASES")
    assert claimed_text(claim, "en") == "more than 1,200 cases"
    told = known_text(Known(27.58, "PC_ENT", "b", "2024", date(2026, 9, 30)), "en")
    assert told == "27.58\u202f% (2024; break in series; as of 30 September 2026)"
    assert known_text(None, "en") == "vintage not held"


def test_every_verdict_has_a_word_and_a_meaning() -> None:
    assert VERDICT_WORDS.keys() == MEANINGS.keys() == {*WORDS}


# The command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a small release that holds our register."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    release = build_release(tmp_path, Plan())
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        for dataset in (CLAIMS, READINGS):
            path = FOLDER / f"{dataset.code}.csv"
            connection.execute(f"DROP TABLE IF EXISTS {dataset.view}")
            Curated().parse(dataset, path, connection).create(dataset.view)
    return tmp_path


def test_the_command_prints_verdicts_for_people_and_machines(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert observatory.main(["claims", "--format", "json"]) == ALL_WELL
    rows = json.loads(capsys.readouterr().out)
    assert [*rows[0]] == COLUMNS
    found = {row["claim"]: row for row in rows}
    assert len(rows) == len(bundled(CLAIMS)) + len(bundled(READINGS))
    assert (found["apply_ai_enterprises"]["verdict"], found["apply_ai_enterprises"]["now"]) == (
        "reproduced now",
        13.48,
    )
    assert found["news_2024_eu_2023"]["verdict"] == "differs now, vintage not held"
    assert found["apply_ai_tasks"]["now"] is None
    assert observatory.main(["claims", "--format", "csv"]) == ALL_WELL
    assert len(list(csv.DictReader(capsys.readouterr().out.splitlines()))) == len(rows)
    assert observatory.main(["claims", "--lang", "fr"]) == ALL_WELL
    assert "13,48" in capsys.readouterr().out


def test_a_release_without_the_register_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    assert observatory.main(["claims"]) == NOTHING_PUBLISHED
    assert "no release in" in capsys.readouterr().err
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        for dataset in (CLAIMS, READINGS):
            connection.execute(f"DROP TABLE IF EXISTS {dataset.view}")
    assert observatory.main(["claims"]) == NOTHING_PUBLISHED
    assert "holds no register of claims: `observatory refresh --offline`" in capsys.readouterr().err


def test_the_collected_files_give_the_verdicts_that_they_should(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the published tables: what is judged by today's values, and the count as each definition has it."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OBSERVATORY_OFFLINE", "1")
    cases = shared_data / "pstw" / "pstw_landscape_report_2024-11-26.csv"
    assert observatory.main(["import", str(cases), "--dated", "2024-11-26", "--full"]) == ALL_WELL
    capsys.readouterr()
    assert observatory.main(["claims", "--format", "json"]) == ALL_WELL
    rows = json.loads(capsys.readouterr().out)
    judged = {row["claim"]: (row["verdict"], row["now"]) for row in rows if row["verdict"] != "quoted"}
    assert judged["apply_ai_enterprises"] == ("reproduced now", 13.48)
    assert judged["apply_ai_smes"] == ("reproduced now", 12.64)
    assert judged["news_2025_eu"] == ("reproduced now", 19.95)
    assert judged["news_2024_eu_2023"] == ("differs now, vintage not held", 8.06)
    counts = [row for row in rows if row["claim"] == "apply_ai_cases"]
    assert {row["verdict"] for row in counts} == {"not reproduced as worded"}
    assert [row["then"] for row in counts] == [1114, 1125, 1295]
