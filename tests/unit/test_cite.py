"""Citations: one entry for every dataset, in three forms, with nothing in them that means something to a reader's tools."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import observatory
from indicators.cite import Citation, bibtex, citations, csl, plain_text, rests_on, told
from indicators.words import LANGUAGES
from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE
from tests.releases import HOSTILE, Plan, build_release
from warehouse.read import open_release

TODAY = date(2026, 11, 21)
ENTRY = Citation(
    subject="Enterprises using AI, EU, 2025",
    publisher="Eurostat",
    title="Artificial intelligence by size class of enterprise",
    code="isoc_eb_ai",
    link="https://ec.europa.eu/eurostat/databrowser/product/view/isoc_eb_ai",
    licence="CC BY 4.0",
    release="20260227T110000Z-aaaaaa",
    accessed=TODAY,
    first=date(2026, 2, 27),
    newest=date(2026, 2, 27),
)
TABLE: dict[str, object] = {
    "view": "eurostat.isoc_eb_ai",
    "title": "AI by size class",
    "publisher": "Eurostat",
    "kind": "european statistics",
    "licence": "CC BY 4.0",
    "landing_page": "https://example.org",
    "known_from": datetime(2026, 2, 27, tzinfo=UTC),
}
TEXT = {"source": "JRC, AI Watch", "link": "https://example.org/watch", "source_date": "2021"}

FIELDS = {
    "id", "type", "title", "author", "publisher", "number", "version", "issued", "accessed", "URL", "archive",
    "archive_location", "note",
}  # fmt: skip
"""Names that the CSL-JSON schema (csl-data.json, 1.0.2) knows, of those that we use; it allows no others."""


def validate(item: dict[str, Any]) -> None:
    """What the CSL-JSON schema demands of an item: type and id, known names, texts as texts, dates as parts."""
    assert item["type"] in {"dataset", "report"}
    assert isinstance(item["id"], str)
    assert item["id"]
    assert item.keys() <= FIELDS
    for name, value in item.items():
        if name in {"issued", "accessed"}:
            assert value.keys() == {"date-parts"}
            (parts,) = value["date-parts"]
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)
        elif name == "author":
            assert [name.keys() for name in value] == [{"literal"}]
        else:
            assert isinstance(value, str)


def fields(entry: str) -> dict[str, str]:
    """The fields of a BibTeX entry, read as BibTeX does: a value ends where its braces are balanced."""
    head = re.match(r"@misc\{([a-z0-9_]+),\n", entry)
    assert head
    found, at = {}, head.end()
    while match := re.compile(r"  (\w+) = \{").match(entry, at):
        depth, start = 1, match.end()
        at = start
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[at], 0)
            at += 1
        found[match[1]] = entry[start : at - 1]
        at += len(",\n") if entry[at] == "," else len("\n")
    assert entry[at:] == "}"
    return found


def test_a_citation_says_all_that_is_needed_to_find_the_table_again() -> None:
    text = plain_text(ENTRY, "en")
    assert text.startswith(
        "Eurostat: Artificial intelligence by size class of enterprise (isoc_eb_ai). As of 27 February"
    )
    for part in (ENTRY.subject, ENTRY.release, "21 November 2026", "Licence: CC BY 4.0."):
        assert part in text
    assert text.endswith(f" {ENTRY.link}")


@pytest.mark.parametrize(
    ("lang", "day"), [("en", "27 February 2026"), ("fr", "27 février 2026"), ("de", "27. Februar 2026")]
)
def test_a_citation_speaks_the_readers_language(lang: str, day: str) -> None:
    assert LANGUAGES[lang]
    assert day in plain_text(ENTRY, lang)


def test_a_bibtex_entry_has_the_fields_of_a_dataset() -> None:
    found = fields(bibtex(ENTRY, "en"))
    assert found["author"] == "{Eurostat}"
    assert found["title"] == f"{{{ENTRY.title}}}"
    assert (found["number"], found["year"], found["urldate"]) == (r"isoc\_eb\_ai", "2026", "2026-11-21")
    assert found["url"] == ENTRY.link
    assert bibtex(ENTRY, "en").startswith("@misc{isoc_eb_ai_2026_02_27,")


@pytest.mark.parametrize(
    "text", [HOSTILE, "}, @misc{evil, title={x", "100 % of R&D_#1 $5 ~x^2", "a\\b\n\n@comment{", "}}}{"]
)
def test_no_text_ends_a_bibtex_field_or_means_something_to_tex(text: str) -> None:
    entry = replace(
        ENTRY, title=text, publisher=text, subject=text, code=text, link=f"https://example.org/{text}"
    )
    written = bibtex(entry, "en")
    found = fields(written.replace(r"\{", "(").replace(r"\}", ")"))
    assert found.keys() == fields(bibtex(ENTRY, "en")).keys()
    for name in ("title", "author", "note", "number"):
        bare = re.sub(r"\\(text\w+\{\}|[{}$&#%_])", "", found[name].replace("(", "").replace(")", ""))
        assert not re.search(r"[\\$&#%_^~\n]", bare), bare
    assert re.fullmatch(r"[^\s{}\\\"]+", found["url"])


@pytest.mark.parametrize(
    ("entry", "issued"),
    [
        (ENTRY, [2026, 2, 27]),
        (replace(ENTRY, code="", publisher="", dated="2021", first=None, newest=None), [2021]),
        (replace(ENTRY, code="", dated="2025-02"), [2025, 2]),
        (replace(ENTRY, dated="2025-Q2"), [2025]),
        (replace(ENTRY, first=None, newest=None, link=""), None),
        (replace(ENTRY, title=HOSTILE), [2026, 2, 27]),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_csl_json_is_what_its_schema_demands(entry: Citation, issued: list[int] | None, lang: str) -> None:
    (item,) = json.loads(told([entry], "csl-json", lang))
    validate(item)
    assert item == csl(entry, lang)
    assert item["type"] == ("dataset" if entry.code else "report")
    assert item.get("issued") == (issued and {"date-parts": [issued]})


def test_captures_of_one_table_make_one_entry_with_the_days_they_span() -> None:
    older = {**TABLE, "known_from": datetime(2025, 1, 26, tzinfo=UTC)}
    other = {**TABLE, "view": "pstw.cases", "known_from": None}
    found = citations("a gap", [TABLE, older, other], [], "r", TODAY)
    assert [(one.code, one.first, one.newest) for one in found] == [
        ("isoc_eb_ai", date(2025, 1, 26), date(2026, 2, 27)),
        ("pstw.cases", None, None),
    ]
    assert "Captures of 26 January 2025 to 27 February 2026." in plain_text(found[0], "en")
    assert "Undated." in plain_text(found[1], "en")


def test_texts_stand_in_for_the_tables_collected_by_hand() -> None:
    collected = {**TABLE, "view": "curated.figures", "kind": "stated"}
    table, text = citations("investment", [TABLE, collected], [TEXT], "r", TODAY)
    assert (table.code, text.code) == ("isoc_eb_ai", "")
    assert (text.title, text.link, text.dated) == ("JRC, AI Watch", "https://example.org/watch", "2021")
    assert plain_text(text, "en").startswith("JRC, AI Watch. Dated: 2021.")


def test_a_citation_of_a_past_day_names_what_was_held_then(tmp_path: Path) -> None:
    build_release(tmp_path, Plan(baseline_until="2024"))
    release = open_release(tmp_path)
    ids = [one.id for one in rests_on(release, ["capture-isoc_eb_ai"])]
    then = [one.id for one in rests_on(release, ["capture-isoc_eb_ai"], date(2025, 12, 31))]
    assert (ids, then) == (["capture-isoc_eb_ai"], ["capture-isoc_eb_ai-old"])
    assert rests_on(release, ["capture-isoc_eb_ai"], date(2025, 1, 1)) == ()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("indicator", "named"),
    [
        ("enterprises_using_ai", ["isoc_eb_ai"]),
        ("ai_investment", [""]),
        ("public_sector_ai_cases", ["pstw.cases"]),
    ],
)
def test_the_command_cites_what_a_figure_rests_on(
    home: Path, indicator: str, named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["cite", indicator, "--geo", "EU27_2020"]
    assert observatory.main([*command, "--form", "csl-json"]) == ALL_WELL
    items = json.loads(capsys.readouterr().out)
    for item in items:
        validate(item)
        assert item["archive_location"] == Plan().id
    assert [item.get("number", "") for item in items] == named
    assert observatory.main([*command, "--form", "bibtex"]) == ALL_WELL
    assert len(re.findall(r"^@misc\{", capsys.readouterr().out, re.M)) == len(items)
    assert observatory.main([*command, "--lang", "de"]) == ALL_WELL
    assert "Veröffentlichung" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["unemploymnt"], WRONG_USAGE, "did you mean unemployment?"),
        (["unemployment", "--geo", "XX"], NOTHING_PUBLISHED, "unemployment has no figure for XX"),
        (["unemployment", "--as-of", "2020-01-01"], NOTHING_PUBLISHED, "as of 2020-01-01"),
        (["unemployment", "--form", "ris"], WRONG_USAGE, "ris"),
    ],
)
def test_the_command_says_what_it_cannot_cite(
    home: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert observatory.main(["cite", *arguments]) == code
    assert said in capsys.readouterr().err
