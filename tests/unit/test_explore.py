"""The pages that hold for any indicator, country or pair of them, the cases, and search: on one small release."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import cases, measure
from dashboards.address import RENAMED
from dashboards.app import SECTIONS
from dashboards.cases import Search
from dashboards.charts.look import LIGHT
from dashboards.charts.scatter import CROWDED, Dot, scatter
from dashboards.charts.standing import Strip, standing
from dashboards.exhibit import by_name
from dashboards.measure import Measure
from dashboards.peers import neighbours, rank
from dashboards.search import entries, folded, found
from dashboards.text import csv_text
from indicators.registry import indicators, themes
from indicators.words import LANGUAGES, translate
from sources.codes import EU
from tests.releases import HOSTILE, country_value
from tests.unit.test_pages import NEVER, ROOT, elements, shown
from warehouse.read import OpenRelease, open_release

PAGES = ("people", "investment", "indicator", "compare", "country", "cases")


@pytest.fixture(autouse=True)
def _home(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(small_home))


@pytest.fixture(scope="module")
def release(small_home: Path) -> Iterator[OpenRelease]:
    opened = open_release(small_home)
    yield opened
    opened.connection.close()


def opened(view: str, **query: str) -> AppTest:
    """A page opened at an address."""
    app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60)
    app.switch_page(f"views/{view}.py")
    app.query_params.update(query)
    app.run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def address(app: AppTest, name: str) -> str:
    """What the address names, as a text."""
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_every_language(page: str, lang: str) -> None:
    text = shown(opened(page, lang=lang, geo="DE"))
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "COM(2025) 723" in text


def test_an_indicator_has_all_that_is_known_of_it() -> None:
    app = opened("indicator", indicator="cloud_data_or_ai", geo="DE")
    text = shown(app)
    assert (
        app.title[0].value
        == "How many enterprises use cloud computing, data analytics or artificial intelligence?"
    )
    assert "EU: 63.2 % in 2025, 8.5 points more than in 2023." in text
    assert f"Germany: {country_value(63.2, 'DE'):.1f} % in 2025" in text
    for heading in (
        "Enterprises using cloud, data analytics or AI, 2025",
        "Enterprises using cloud, data analytics or AI by country, 2025",
        "Enterprises using cloud, data analytics or AI over time",
        "Targets",
        "Enterprises using AI and Enterprises using cloud, data analytics or AI",
        "Revisions",
        "How this is measured, and what to mind",
    ):
        assert heading in text.splitlines(), heading
    assert "● set" in text.replace("\u00a0", " ")
    assert "Over 25 Member States the correlation is" in text
    assert "Without both values: Luxembourg, Malta." in text
    assert "does not say what comes from what" in text


def test_an_indicator_of_parts_only_starts_with_one_of_them() -> None:
    app = opened("indicator", indicator="enterprises_using_ai_by_technology")
    assert address(app, "indicator") == "enterprises_using_ai_by_technology~indic_is~E_AI_TTM"
    assert "EU: 11.8 % in 2025." in shown(app)
    app.selectbox(key="indicator-part-enterprises_using_ai_by_technology").set_value(
        "enterprises_using_ai_by_technology~indic_is~E_AI_TAR"
    ).run()
    assert address(app, "indicator").endswith("~E_AI_TAR")
    assert "EU: 1.3 % in 2025." in shown(app)


def test_what_is_not_measured_says_what_it_waits_for() -> None:
    text = shown(opened("indicator", indicator="people_using_generative_ai"))
    assert "not measured yet: its data (isoc_ai_iaiu) are still to come" in text
    cards = shown(opened("people"))
    for one in themes()["people"]:
        assert one.title in cards
        assert measure.waiting(one, "en") in cards


@pytest.mark.parametrize(
    "value", ["no_such_id", "enterprises_using_ai~size_emp~<b>", HOSTILE, "~~~", "../.."]
)
def test_an_address_that_names_nothing_is_told_and_left_out(value: str) -> None:
    app = opened("indicator", indicator=value, geo="ZZ")
    text = shown(app)
    assert "it is left out: geo, indicator." in text
    assert value not in text
    assert "How many enterprises use artificial intelligence?" in text
    assert (address(app, "indicator"), address(app, "geo")) == ("", "")
    assert "left out" not in shown(app.run())


def test_the_state_of_a_comparison_stands_in_its_address() -> None:
    query = {"across": "sme_gap", "up": "unemployment~sex~F", "geo": "DE", "with": "FR.IT"}
    app = opened("compare", **query)
    text = shown(app)
    assert "left out" not in text
    assert {name: address(app, name) for name in query} == query
    assert app.multiselect[0].value == ["FR", "IT"]
    assert "Gap between large enterprises and SMEs" in text
    app.multiselect[0].set_value([]).run()
    assert address(app, "with") == "none"
    assert opened("compare", **{**query, "with": "none"}).multiselect[0].value == []
    wrong = opened("compare", **{**query, "with": "FR.XX"})
    assert wrong.multiselect[0].value == ["FR"]
    assert "left out: with." in shown(wrong)


def test_what_goes_together_names_its_countries_and_the_place_of_the_chosen_one() -> None:
    app = opened("compare", geo="FI")
    tables = [element.value for element in elements(app.main) if element.type == "table"]
    strongest = next(table for table in tables if "Spearman" in table.columns and len(table))
    assert list(strongest.columns) == ["Indicator", "Spearman", "Pearson", "Member States", "Finland"]
    stated = strongest[strongest["Spearman"] != "too few countries"]
    assert len(stated) > 1
    assert set(stated["Member States"]) <= {"25", "26", "27"}
    assert set(strongest["Member States"]) - set(stated["Member States"]) <= {"1", "2"}
    assert all("place" in cell for cell in strongest["Finland"] if "not" not in cell)
    strengths = [abs(float(cell.replace("\u2212", "-").replace("\\", ""))) for cell in stated["Spearman"]]
    assert strengths == sorted(strengths, reverse=True)


def test_labour_states_the_association_of_each_of_its_indicators() -> None:
    text = shown(opened("labour"))
    part = text[text.index("What goes together with") : text.index("All indicators of this theme")]
    for one in themes()["labour"]:
        assert translate(one.title, "en") in part
    assert "not what comes from what" in part


def test_a_country_without_a_choice_offers_all_and_a_chosen_one_its_profile() -> None:
    text = shown(opened("country"))
    assert "./country?geo=EL&lang=en" in text
    app = opened("country", geo="EL")
    text = shown(app)
    assert app.title[0].value == "How far has AI come in Greece?"
    assert " of 25 among the Member States." in text
    for theme in ("Enterprises", "People", "Public sector", "Labour market", "Investment"):
        assert theme in [header.value for header in app.header]
    assert len(app.multiselect[0].value) == 2
    told = [element.value for element in elements(app.main) if element.type == "table"]
    assert any({"Indicator", "Greece", "Place", "EU"} <= set(table.columns) for table in told)


def test_peers_are_next_in_value_and_ties_share_a_place() -> None:
    values = {"A": 5.0, "B": 4.0, "C": 4.0, "D": 1.0}
    assert neighbours(values, "A") == ("B", "C")
    assert neighbours(values, "C") == ("B", "D")
    assert neighbours(values, "D") == ("B", "C")
    assert neighbours(values, "X") == ()
    assert [rank(values, geo, "up") for geo in "ABCD"] == [1, 2, 2, 4]
    assert [rank(values, geo, "down") for geo in "ABCD"] == [4, 2, 2, 1]
    assert rank(values, "X", "up") is None


@pytest.mark.parametrize(
    ("search", "count"),
    [
        (Search(), 60),
        (Search("HEALTH"), 30),
        (Search("heälth testing"), 0),
        (Search("test  HEÁLTH"), 30),
        (Search("' OR 1=1 --"), 0),
        (Search("%"), 0),
        (Search(status="pilot"), 30),
        (Search(status="pilot' OR ''='"), 0),
        (Search(year="2021"), 12),
        (Search(year="none"), 0),
        (Search(technology="blockchain"), 0),
        (Search(technology=""), 60),
        (Search(cofog="GF01", geo="BE", status="implemented"), 2),
    ],
)
def test_cases_are_found_by_words_and_filters(release: OpenRelease, search: Search, count: int) -> None:
    assert cases.count(release, search) == count
    assert len(cases.all_found(release, search)) == count
    assert len(cases.page(release, search, 0)) == min(count, cases.PAGE)


def test_cases_are_filtered_by_known_columns_only(release: OpenRelease) -> None:
    with pytest.raises(ValueError, match="no column"):
        cases.held(release, "geo FROM figures --")


def test_the_download_of_cases_is_safe_for_a_spreadsheet(release: OpenRelease) -> None:
    found = cases.all_found(release, Search()).assign(name="=1+1")
    rows = list(csv.DictReader(io.StringIO(csv_text(found))))
    assert {row["name"] for row in rows} == {"'=1+1"}
    assert {row["geo"] for row in rows} == set(found["geo"])


def test_the_search_of_cases_stands_in_the_address() -> None:
    query = {
        "words": "health",
        "status": "pilot",
        "where": "all",
        "technology": "all",
        "geo": "DE",
        "page": "2",
    }
    app = opened("cases", **query)
    assert {name: address(app, name) for name in query} == query
    assert "Found: 30 cases" in shown(app)
    app.text_input(key="cases-words").set_value("test").run()
    assert address(app, "page") == "", "a new search starts at its first page"
    german = shown(opened("cases", geo="DE"))
    assert "Found: 3 cases" in german


def test_a_case_of_a_source_is_never_html_or_markdown() -> None:
    app = opened("cases", case="1", words="onerror")
    drawn = [element.value for element in elements(app.main) if element.type in ("markdown", "caption")]
    assert not any(re.search(r"(?<!\\)<img", text) for text in drawn)
    assert not any("<img" in element.proto.body for element in elements(app.main) if element.type == "html")
    assert app.dataframe[0].value.iloc[0, 0] == HOSTILE
    assert HOSTILE in shown(app)
    assert address(app, "case") == "1"
    assert "left out: case." in shown(opened("cases", case=HOSTILE))


@pytest.mark.parametrize(
    ("words", "lang", "name"),
    [
        ("osterreich", "de", "Österreich"),
        ("ÖSTERR", "de", "Österreich"),
        ("grece", "fr", "Grèce"),
        ("czehcia", "en", "Czechia"),
        ("enterprises_using_ai", "en", "Enterprises using AI"),
        ("DK", "en", "Denmark"),
        ("chomage", "fr", "Taux de chômage"),
        ("healthcare", "en", "Healthcare and pharmaceuticals"),
    ],
)
def test_search_minds_neither_case_nor_accents_nor_a_slip(words: str, lang: str, name: str) -> None:
    assert name in [entry.name for entry in found(words, entries(lang))]


@pytest.mark.parametrize("words", ["", "   ", "qqqqqq", "<script>", "' OR 1=1"])
def test_search_finds_nothing_where_nothing_is_called_so(words: str) -> None:
    assert found(words, entries("en")) == []


def test_everything_that_is_found_leads_to_a_page() -> None:
    known = {name for titles in SECTIONS.values() for name in titles}
    for lang in LANGUAGES:
        assert {entry.page for entry in entries(lang)} <= known
    assert {*RENAMED.values()} - {""} <= known
    assert not RENAMED.keys() & (known - {"overview"})
    assert folded("Österreich É") == "osterreich e"
    assert {one.id for one in indicators().values()} <= {
        entry.query.get("indicator") for entry in entries("en")
    }


def test_search_is_answered_on_every_page_with_links() -> None:
    app = opened("targets", lang="fr")
    app.text_input(key="search").set_value("danemark").run()
    links = [element.proto for element in elements(app.sidebar) if element.type == "page_link"]
    assert len(links) == 1
    assert links[0].label.startswith("Danemark (")
    assert "geo=DK" in links[0].query_string


def test_names_of_near_marks_do_not_lie_on_each_other() -> None:
    dots = [Dot(geo, 10 + place * 0.1, 5.0, "") for place, geo in enumerate(("AT", "BE", "BG"))]
    far = [Dot("DK", 40, 9, ""), Dot("RO", 2, 1, "")]
    chart = scatter([*dots, *far], ("x", "y"), ("PC", "PC"), LIGHT, "en", "DK")
    sides = chart.data[0].textposition
    assert len(set(sides[:3])) == 3
    assert chart.data[1].text[0] == "<b>Denmark</b>"


def test_a_name_without_room_is_left_out_and_one_without_room_on_a_phone_can_be() -> None:
    near = [
        Dot(geo, 20 + place * 0.02, 5.0, "") for place, geo in enumerate(("AT", "BE", "BG", "CY", "CZ", "DE"))
    ]
    apart = [Dot("EE", 30, 5.0, ""), Dot("EL", 31.6, 5.0, "")]
    ends = [Dot("DK", 40, 9, ""), Dot("RO", 2, 1, "")]
    chart = scatter([*near, *apart, *ends], ("x", "y"), ("PC", "PC"), LIGHT, "en", "DK")
    names = [name for trace in chart.data for name in trace.text]
    assert "" in names[:8]
    assert {"EE", "EL", "RO", "<b>Denmark</b>"} <= set(names)
    crowded = [trace for trace in chart.data if CROWDED in str(trace.textfont.family)]
    assert [name for trace in crowded for name in trace.text if name in ("EE", "EL")] == ["EL"]


def test_a_strip_runs_from_the_lowest_to_the_highest() -> None:
    strip = Strip("<b>Name</b>", {"DE": 2.0, "FR": 4.0, EU: 3.0}, dict.fromkeys(("DE", "FR", EU), ""))
    assert [strip.place(geo) for geo in ("DE", EU, "FR")] == [0, 0.5, 1]
    assert Strip("", {"DE": 2.0}, {}).place("DE") == 0.5
    chart = standing([strip], LIGHT, "en", "FR")
    assert chart.layout.annotations[0].text.startswith("&lt;b&gt;")
    assert [len(trace.x) for trace in chart.data] == [1, 1, 1]


@pytest.mark.parametrize("name", indicators())
def test_every_measure_is_read_as_it_is_written(name: str) -> None:
    assert measure.read(Measure(name).text) == Measure(name)
    assert measure.waits_for(indicators()[name])


def test_trajectories_say_where_a_release_holds_none() -> None:
    assert "This release holds no indicator with a yearly course." in shown(opened("trajectories"))


def test_tables_below_charts_follow_the_names_of_places_where_they_followed_their_codes() -> None:
    by_code = pd.DataFrame({"geo": ["AT", "CZ", "DE", EU], "value": [1.0, 2.0, 3.0, 4.0]})
    assert list(by_name(by_code, "fr")["geo"]) == [EU, "DE", "AT", "CZ"]
    by_value = by_code.sort_values("value", ascending=False)
    assert list(by_name(by_value, "fr")["geo"]) == [EU, "DE", "CZ", "AT"]
