"""What checks are called and what they found, told in the reader's language from the English that is kept."""

from __future__ import annotations

import re

import pytest

from dashboards.verdicts import (
    CHECKS,
    FINDINGS,
    PARTS,
    _pattern,
    change_text,
    check_name,
    finding,
    row_names,
    subject_name,
)
from indicators import checks
from indicators.words import LANGUAGES
from pipelines import judging
from sources.model import Dataset
from sources.registry import datasets as all_datasets
from sources.settings import Settings
from warehouse import plausible, suites

FOUND = {
    "2025: 21 Member States of 27 expected; missing: CZ; EE; FR; and 3 more": (
        "2025: 21 Member States of 27 expected; missing: Czechia; Estonia; France; and 3 more"
    ),
    "pstw_cases-1 held back: Member States: 16 of at least 20; missing: AT; CY; …": (
        "pstw_cases-1 held back: Member States: 16 of at least 20; missing: Austria; Cyprus; …"
    ),
    "2024-12 is the newest; 2025-01 was expected by 2025-03-31": (
        "December 2024 is the newest; January 2025 was expected by 31 Mar 2025"
    ),
    "EU27_2020 2024: 10274 published (Eurostat, rounded (whole thousands), vintage 2026-01-06), "
    "10274.5 here (vintage 2026-01-06, 2026-09-30)": (
        "EU 2024: 10,274 published (Eurostat, rounded (whole thousands), vintage 6 Jan 2026), "
        "10,274.5 here (vintage 6 Jan 2026, 30 Sept 2026)"
    ),
    "3 names stand under several ids: A, B; C, D; E, F. 1 description stands under several ids: G, H": (
        "3 names stand under several ids: A, B; C, D; E, F. 1 description stands under several ids: G, H"
    ),
    "2026-03-28: indic_is: new codes E_DI4_GELO": "28 Mar 2026: indic_is: new codes E_DI4_GELO",
}


@pytest.mark.parametrize(("kept", "said"), FOUND.items())
def test_what_was_found_names_places_days_and_numbers_as_readers_do(kept: str, said: str) -> None:
    assert finding(kept, "en") == said


@pytest.mark.parametrize("kept", FOUND)
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_what_was_found_is_told_in_every_language(kept: str, lang: str) -> None:
    words = set(
        re.findall(
            r"\b(?:and|is|was|the|held|missing|expected|here|published|under|new)\b", finding(kept, lang)
        )
    )
    assert not words


def test_a_sentence_that_nobody_knows_stays_as_it_is() -> None:
    assert finding("line 3: not a number: <b>x</b>", "de") == "line 3: not a number: <b>x</b>"


def test_what_changed_in_a_table_is_told_part_by_part() -> None:
    assert change_text("unit: new codes PC; period: periods gone 2010, 2011", "de") == (
        "unit: neue Codes PC; period: weggefallene Zeiträume 2010, 2011"
    )


def test_every_check_has_a_word_for_readers() -> None:
    names = {*checks.NAMES, *suites.NAMES, *plausible.NAMES, suites.FRESH, judging.structure.NAME}
    assert names <= set(CHECKS)
    assert check_name("keys", "de") == "Schlüssel"
    assert check_name("rows kept", "de") == "rows kept"


def test_every_part_of_a_sentence_is_known() -> None:
    assert {part for text in FINDINGS for part in re.findall(r"{(\w+)}", text)} <= set(PARTS)


def test_indicators_stand_by_their_titles_and_places_by_their_names() -> None:
    assert subject_name("unemployment", "de") == "Arbeitslosenquote"
    assert subject_name("isoc_eb_ai", "de") == "isoc_eb_ai"
    assert row_names("states", ["AT", "BE", "CZ"], "de") == ["Belgien", "Österreich", "Tschechien"]
    assert row_names("bounds", ["CZ", "AT"], "de") == ["CZ", "AT"]


@pytest.mark.parametrize("dataset", all_datasets(Settings()).values(), ids=lambda dataset: dataset.id)
def test_every_sentence_of_the_checks_of_tables_is_known(dataset: Dataset) -> None:
    rules = [*suites._row_rules(dataset), *plausible.within(dataset), *plausible.against_known(dataset)]
    for before in (0, 1000):
        rules += [*suites._table_rules(dataset, before), *plausible.coverage(dataset, bool(before))]
    for rule in rules:
        offenders = ": AT; BE; …" if rule.offending else ""
        for kept in (rule.passes, rule.fails + offenders):
            said = kept.format(found="1,234", total="5,678", share="12%")
            assert any(_pattern(message).fullmatch(said) for message in FINDINGS[1:]), said
