"""Every page in every language, on a small release: what it says, what it never says, and how it moves on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.exhibit import plain
from dashboards.origins import vintages
from dashboards.summary import of_counts, of_ranking
from dashboards.text import csv_text
from indicators.words import LANGUAGES
from tests.releases import Plan, build_release

ROOT = Path(__file__).parents[2]
STYLE = ROOT / "dashboards/static/style.css"
PAGES = ("overview", "enterprises", "public_sector", "labour", "targets", "briefs", "data")
NEVER = re.compile(r"\b(nan|NaN|NaT|None|null|undefined)\b|\{\w+\}|Traceback")
DECIMAL = {"en": ".", "fr": ",", "de": ","}


@pytest.fixture
def home(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a small release, which the pages read; nothing may be written into it."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(small_home))
    return small_home


def opened(page: str = "overview", /, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60)
    app.query_params.update(query)
    app.run()
    if page != "overview":
        app.switch_page(f"views/{page}.py").run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def unfold(app: AppTest) -> AppTest:
    """Unfold all that a page makes only where it is unfolded."""
    for folded in app.expander:
        if folded.proto.id:
            app.session_state[folded.proto.id.split("-", 2)[2]] = True
    return app.run()


def elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield from elements(child) if hasattr(child, "children") else (child,)


def shown(app: AppTest) -> str:
    """All text of the page as a reader sees it, without the signs that disarm Markdown."""
    texts = []
    for element in [*elements(app.sidebar), *elements(app.main)]:
        if element.type == "html":
            texts.append(
                unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", element.proto.body, flags=re.DOTALL))
            )
        elif element.type == "table":
            texts += [*map(str, element.value.columns), *map(str, element.value.to_numpy().ravel())]
        elif element.type == "code":
            texts.append(re.sub(r"[{}]", " ", element.value))  # BibTeX braces its texts
        elif isinstance(getattr(element, "value", None), str):
            texts.append(element.value)
        texts.append(str(getattr(element, "label", "") or ""))
    return re.sub(r"\\(?=[\W_])", "", "\n".join(texts)).replace("\u202f", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_every_language_and_never_says_nan(home: Path, page: str, lang: str) -> None:
    text = shown(opened(page, lang=lang))
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "COM(2025) 723" in text
    assert len(text) > 500


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["overview", "enterprises"])
def test_the_headline_leads_in_the_readers_spelling(home: Path, page: str, lang: str) -> None:
    app = opened(page, lang=lang)
    lead = app.markdown[0].value.replace("\u202f", " ")
    assert f"20{DECIMAL[lang]}0 %" in lead
    assert "2025" in lead
    assert f"6{DECIMAL[lang]}5" in lead


def test_the_public_sector_page_says_its_definitions(home: Path) -> None:
    app = opened("public_sector")
    assert "1,805 cases" in app.markdown[0].value
    assert "1,513 cases in the EU27, 629 of them in use" in app.markdown[0].value
    before = shown(app)
    app.segmented_control(key="definition").set_value("implemented").run()
    after = shown(app)
    assert "that are in use" in after
    assert "that are in use" not in before


def test_all_recorded_cases_are_not_called_the_eus(home: Path) -> None:
    app = opened("public_sector")
    app.segmented_control(key="definition").set_value("all").run()
    text = shown(app)
    assert "All records. Most on record: In use 755 cases, Pilot 504 cases." in text
    assert "EU. " not in text
    assert "San Marino" not in text


@pytest.mark.parametrize("definition", ["all", "eu", "implemented"])
def test_counts_of_cases_are_not_ranked(home: Path, definition: str) -> None:
    app = opened("public_sector", geo="MT")
    app.segmented_control(key="definition").set_value(definition).run()
    text = shown(app)
    assert "Most on record: " in text
    assert "they are not a ranking of countries" in text
    assert "Highest" not in text
    assert "Lowest" not in text
    assert " 0 cases" not in text


@pytest.mark.parametrize("geos", [["MT"], ["MT", "DE"], ["MT", "DE", "FR", "IT"]])
@pytest.mark.parametrize("summarise", [of_ranking, of_counts])
def test_no_country_is_named_twice(summarise: Callable[..., str], geos: list[str]) -> None:
    same = {"period": "2026", "unit": "CASES", "flags": "", "status": "measured", "low": None, "high": None}
    rows = pd.DataFrame([{**same, "geo": geo, "value": 5.0 + place} for place, geo in enumerate(geos)])
    assert summarise(rows, "en", "MT").count("Malta") == 1


def test_a_reason_keeps_the_capitals_that_its_language_asks_for() -> None:
    same = {"period": "2026", "unit": "PC_ENT", "flags": "", "low": None, "high": None}
    rows = pd.DataFrame(
        [
            {**same, "geo": "DE", "value": 5.0, "status": "measured"},
            {**same, "geo": "MT", "value": None, "status": "not loaded"},
        ]
    )
    assert "Nicht in dieser Veröffentlichung: Malta." in of_ranking(rows, "de")


def test_persons_of_a_small_country_are_told_in_thousands(home: Path) -> None:
    text = shown(opened("labour", geo="RO"))
    assert "471 thousand" in text
    assert "in millions" not in text


def test_a_stated_figure_names_its_own_source(home: Path) -> None:
    captions = [caption.value.replace("\\", "") for caption in opened("targets").caption]
    named = [text for text in captions if "[JRC, AI Watch: 2020 EU AI investments]" in text]
    assert named
    assert "(<https://example.org/investments>)" in named[0]
    assert "2021" in named[0]
    assert not any("Another report" in text or "in each row" in text or "(<>)" in text for text in captions)


def test_a_source_line_names_every_vintage_that_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan(baseline_until="2023"))
    lines = [caption.value for caption in opened("enterprises").caption if "isoc" in caption.value]
    newest, both = "as of 27 February 2026", "as of 27 February 2026; **baseline of 3 November 2025**"
    assert both not in lines[0], "the map shows the newest year only"
    assert newest in lines[0]
    assert both in lines[1], "the trend shows all years"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "as of 4 May 2026"),
        (3, "as of 4 May 2026; as of 3 May 2026; as of 2 May 2026"),
        (5, "as of 4 May 2026; as of 3 May 2026; as of 2 May 2026; and 2 earlier"),
    ],
)
def test_a_long_list_of_vintages_is_cut(count: int, text: str) -> None:
    days = [pd.Timestamp("2026-05-04", tz="UTC") - pd.Timedelta(days=place) for place in range(count)]
    rows = [{"known_from": day, "origin": "imported"} for day in days]
    assert vintages([*rows, rows[0]], "en") == text


@pytest.mark.parametrize(("lang", "english"), [("fr", "reuse policy"), ("de", "reuse policy")])
def test_licences_publishers_and_clauses_are_translated(home: Path, lang: str, english: str) -> None:
    for page in ("enterprises", "targets", "data"):
        text = shown(opened(page, lang=lang))
        for words in (english, "facts cited", "from the sources named"):
            assert words not in text, page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.fault(
    "read",
    "source tables of the release gone from the disk",
    expected="figures are shown; the page says what to run",
)
def test_a_release_whose_source_files_are_gone_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan(lost=True))
    app = opened("targets", lang=lang)
    assert "observatory refresh" in app.error[0].value
    assert "COM(2025) 723" in shown(app)


def test_targets_keep_announced_apart_from_set(home: Path) -> None:
    app = opened("targets")
    table = next(e.value for e in elements(app.main) if e.type == "table")
    rows = [[str(cell).replace("\\", "") for cell in row] for row in table.to_numpy().tolist()]
    assert {len(row) for row in rows} == {4}
    told = {row[0]: row[1:] for row in rows}
    announced = told["Public and private AI investment (EU, no year)"]
    assert announced[0] == "to be proposed · ◇\u00a0announced"
    combination = told["Enterprises using cloud, data analytics or AI (EU, 2030)"]
    assert combination[0] == "75\u202f% · ●\u00a0set"
    assert combination[2] == "11.8 points"
    assert told["Public and private AI investment a year (EU, 2030)"][2] == "not stated"


def test_targets_tell_whether_the_pace_suffices_in_a_shape_and_words(home: Path) -> None:
    paces = [e.value for e in elements(opened("targets").main) if e.type == "table"][1]
    told = {row[0].replace("\\", ""): row[1:] for row in paces.to_numpy().tolist()}
    required, achieved, status = told["Enterprises using cloud, data analytics or AI (EU, 2030)"]
    assert required.replace("\\", "") == "+2.4 points"  # (75 - 63.20) / 5
    assert achieved.replace("\\", "").startswith("+4.3 points (2023–2025")
    assert status == "▲\u00a0on track"


def test_what_is_held_back_is_named_with_its_reason(home: Path) -> None:
    text = shown(opened("data"))
    assert "eurostat.isoc_e_dii" in text
    assert "rows kept: 40 % of the last table" in text
    assert "Held back: 1." in text


def test_a_chosen_country_is_told_beside_the_eu(home: Path) -> None:
    app = opened("enterprises", geo="DE")
    assert re.search(r"Germany: \d+\.\d % in 2025", shown(app))
    assert app.query_params["geo"] == "DE"


def test_a_country_without_a_value_is_said_in_words(home: Path) -> None:
    text = shown(opened("enterprises", geo="LU"))
    assert "Luxembourg: no value in this release." in text
    assert "Not measured: Luxembourg." in text
    assert "Not publishable: Malta." in text


def test_an_unknown_language_or_country_in_the_address_is_ignored(home: Path) -> None:
    text = shown(opened("overview", lang="../xx", geo="<script>"))
    assert "Enterprises using AI" in text
    assert "<script>" not in text


def test_the_language_can_be_switched(home: Path) -> None:
    app = opened()
    app.selectbox(key="lang").set_value("de").run()
    assert app.query_params["lang"] == "de"
    assert "20,0 %" in shown(app)


@pytest.mark.parametrize("page", PAGES)
def test_the_baseline_is_marked_with_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan(origin="baseline", cases=False))
    app = opened(page)
    assert "27 February 2026" in app.info[0].value
    if page in ("overview", "enterprises", "labour"):
        assert any("**baseline of 27 February 2026**" in caption.value for caption in app.caption)


@pytest.mark.fault("read", "no release yet", expected="the page says what to run, and moves on by itself")
def test_without_a_release_the_page_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "empty"))
    app = opened()
    assert "observatory refresh" in app.code[0].value
    build_release(tmp_path / "empty")
    assert "20.0 %" in shown(app.run())


def test_a_page_moves_to_a_new_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path)
    app = opened()
    assert "20.0 %" in shown(app)
    build_release(tmp_path, Plan(id="20261210T110000Z-bbbbbb", eu_share=23.45))
    text = shown(app.run())
    assert "23.5 %" in text
    assert "20261210T110000Z-bbbbbb" in text


def test_a_long_table_and_all_controls_are_made_when_they_are_unfolded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = opened("enterprises")
    assert len(short.table) == len(short.get("plotly_chart")) > 3
    assert not [one for one in short.get("download_button") if one.proto.label == "Download as CSV"]
    monkeypatch.setattr("dashboards.exhibit.ON_PAPER", 0)
    long = opened("enterprises")
    assert not long.table
    unfold(long)
    assert len(long.table) == len(short.table)
    assert len([one for one in long.get("download_button") if one.proto.label == "Download as CSV"]) == len(
        long.table
    )


def test_a_page_sends_the_same_again(home: Path) -> None:
    """What Streamlit kept is sent again whole: charts with their texts for who cannot see them, and their tables."""
    first, again = (opened("enterprises", geo="MT") for _ in range(2))
    told = [
        [
            one.proto.SerializeToString()
            for kind in ("plotly_chart", "arrow_table", "table", "caption")
            for one in app.get(kind)
        ]
        for app in (first, again)
    ]
    assert len(told[0]) > 10
    assert told[0] == told[1]


def test_the_pages_import_no_heavy_library(home: Path) -> None:
    """Pages must stay light: they compute nothing, so they need neither engine nor checks."""
    pages = (*PAGES, "people", "investment", "indicator", "compare", "country", "cases")
    visits = "\n".join(f"app.switch_page('views/{page}.py').run()" for page in pages)
    program = (
        "import sys\nfrom streamlit.testing.v1 import AppTest\n"
        f"app = AppTest.from_file({str(ROOT / 'dashboards' / 'app.py')!r}, default_timeout=60).run()\n"
        f"{visits}\nassert not app.exception\n"
        "print(sorted({'ibis', 'dagster', 'great_expectations', 'plotly.express'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_csv_neutralises_texts_and_keeps_numbers() -> None:
    text = csv_text(pd.DataFrame({"name": ["=1+1", "@x", "plain"], "value": [-1.5, 2.0, 3.0]}))
    assert text.splitlines() == ["name,value", "'=1+1,-1.5", "'@x,2.0", "plain,3.0"]


def test_plain_disarms_markdown_and_keeps_numbers_readable() -> None:
    assert plain("20.0 % of a_b") == "20.0\u202f% of a\\_b"
    assert plain("<b>[x](y)") == "\\<b\\>\\[x\\](y)"
    assert plain("- no list") == "\\- no list"


def test_the_style_sheet_holds_no_angle_bracket_for_which_streamlit_would_drop_it_whole() -> None:
    assert "<" not in STYLE.read_text(encoding="utf-8")
