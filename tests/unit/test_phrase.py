"""Values, changes, flags and periods as text, in every language."""

from __future__ import annotations

import pytest

from indicators import phrase
from indicators.phrase import (
    Change,
    amount_text,
    bound_percent,
    change_text,
    finding,
    one_bracket,
    period_text,
    spreadsheet_cell,
    target_text,
    value_text,
)
from sources.codes import FLAGS

THIN = phrase.SPACE
WIDER = Change(6.47, "PC_ENT", "2024", "2025", "noted", "From 2025 AI includes pictures.")


@pytest.mark.parametrize(
    ("value", "expected"), [(19.95, "20.0"), (13.48, "13.5"), (0.05, "0.1"), (5.25, "5.3"), (7.65, "7.7")]
)
def test_rounds_half_up_from_the_decimal_text(value: float, expected: str) -> None:
    assert value_text(value, "PC_ENT", "en") == f"{expected}{THIN}%"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "1,805 cases"), ("fr", "1\u202f805 cases"), ("de", "1.805 cases")],
)
def test_counts_have_no_decimals_and_the_locales_grouping(lang: str, expected: str) -> None:
    assert value_text(1805.0, "CASES", lang).split()[0] == expected.split()[0]


def test_one_case_is_singular() -> None:
    assert value_text(1, "CASES", "en") == "1 case"
    assert value_text(2, "CASES", "en") == "2 cases"


@pytest.mark.parametrize(("lang", "expected"), [("en", "20.0"), ("fr", "20,0"), ("de", "20,0")])
def test_decimal_sign_is_the_locales(lang: str, expected: str) -> None:
    assert value_text(19.95, "PC_ENT", lang) == f"{expected}{THIN}%"


def test_tables_keep_two_decimals() -> None:
    assert value_text(19.95, "PC_ENT", "en", decimals=2) == f"19.95{THIN}%"


def test_a_range_is_stated_as_one() -> None:
    assert value_text(None, "EUR_BN", "en", low=7.9, high=9.0) == "EUR 7.9–9.0 billion"
    assert value_text(8.45, "EUR_BN", "en", low=7.9, high=9.0) == "EUR 7.9–9.0 billion"


def test_billions_that_would_read_as_zero_are_told_in_millions() -> None:
    assert value_text(0.012, "USD_BN", "en") == "USD 12.0 million"
    assert value_text(0.05, "USD_BN", "en") == "USD 0.1 billion"
    assert value_text(0.0, "USD_BN", "en") == "USD 0.0 billion"
    assert value_text(0.012, "USD_BN", "en", decimals=2) == "USD 0.01 billion"


@pytest.mark.parametrize("status", ["not publishable", "not measured", "not comparable"])
def test_what_is_missing_is_said_in_words(status: str) -> None:
    assert value_text(None, "PC_ENT", "en", status=status) == status


def test_a_missing_number_is_never_printed() -> None:
    assert value_text(float("nan"), "PC_ENT", "en", status="measured") == "not measured"


def test_flags_follow_the_value_in_words() -> None:
    assert value_text(48.4, "PC_ENT", "en", flags="be") == f"48.4{THIN}% (break in series, estimated)"
    assert phrase.FLAG_WORDS == FLAGS


@pytest.mark.parametrize(
    ("value", "expected"),
    [(10272.5, "10.3 million"), (471.0, "471 thousand"), (512.34, "512 thousand"), (999.96, "1.0 million")],
)
def test_persons_are_told_in_thousands_and_millions(value: float, expected: str) -> None:
    assert value_text(value, "THS_PER", "en") == expected


def test_persons_are_no_more_precise_in_a_change_or_a_table() -> None:
    assert amount_text(-20.4, "THS_PER", "en") == "\u221220 thousand"
    assert value_text(17.0, "THS_PER", "en", decimals=2) == "17 thousand"
    same = Change(0.3, "THS_PER", "2023", "2024", "comparable")
    assert finding("17 thousand", same, "en") == "17 thousand, as much as in 2023."


@pytest.mark.parametrize("start", ["", " ", "\t", "\r", "\n", "\r\n\t ", "\u00a0"])
def test_no_cell_starts_a_formula_whatever_stands_before_it(start: str) -> None:
    cells = [f"{start}{sign}1+1" for sign in "=+-@"]
    assert [spreadsheet_cell(cell) for cell in cells] == [f"'{cell}" for cell in cells]


def test_numbers_and_plain_texts_stay_as_they_are() -> None:
    assert [spreadsheet_cell(cell) for cell in (-1.5, "plain", "\tplain")] == [-1.5, "plain", "\tplain"]


def test_differences_of_percentages_are_points() -> None:
    assert amount_text(6.47, "PC_ENT", "en") == "+6.5 points"
    assert amount_text(-0.35, "PC", "en") == "\u22120.4 points"
    assert amount_text(-0.04, "PC", "en") == "0.0 points"
    assert "%" not in amount_text(6.47, "PC_ENT", "fr")


def test_a_change_names_its_two_periods() -> None:
    assert change_text(WIDER, "en") == "+6.5 points from 2024 to 2025"


def test_no_change_is_stated_across_a_stop_or_without_an_earlier_period() -> None:
    assert change_text(Change(None, "PC_ENT", "2023", "2024", "stopped"), "en") == "not comparable with 2023"
    assert change_text(Change(None, "PC_ENT", "", "2025", ""), "en") == "no earlier figure"


def test_a_finding_ends_with_the_change_and_its_note() -> None:
    assert finding("20.0 % of EU enterprises used AI in 2025", WIDER, "en") == (
        "20.0 % of EU enterprises used AI in 2025, 6.5 points more than in 2024 "
        "(not fully comparable: see the note)."
    )
    fewer = Change(-0.2, "PC_ACT", "2024-12", "2025-01", "comparable")
    assert finding("It was 5.9 %", fewer, "en") == "It was 5.9 %, 0.2 points less than in December 2024."
    same = Change(0.01, "PC_ACT", "2024", "2025", "comparable")
    assert finding("It was 5.9 %", same, "en") == "It was 5.9 %, as much as in 2024."


def test_states_above_a_round_number_are_counted() -> None:
    assert phrase.above_text([42.03, 25.0, 25.1, None], 19.95, "PC_ENT", "en") == (
        f"In 2 of 3 Member States it is above 25{THIN}%."
    )
    assert phrase.above_text([None], 19.95, "PC_ENT", "en") == ""


def test_targets_keep_the_decimals_they_were_set_with() -> None:
    assert target_text(75, "PC_ENT", "en") == f"75{THIN}%"
    assert target_text(20000, "THS_PER", "en") == "20 million"
    assert target_text(20, "EUR_BN", "en") == "EUR 20 billion"
    assert target_text(None, "EUR_BN", "en") == "to be proposed"


@pytest.mark.parametrize(
    ("period", "lang", "expected"),
    [
        ("2025", "en", "2025"),
        ("2024-12", "en", "December 2024"),
        ("2024-12", "fr", "décembre 2024"),
        ("2024-03", "de", "März 2024"),
        ("2024-Q3", "en", "Q3 2024"),
        ("2024-S1", "en", "half-year 1 of 2024"),
        ("2024-W05", "en", "week 5 of 2024"),
        ("2026-03-04", "en", "4 March 2026"),
        ("2026-03-04", "fr", "4 mars 2026"),
        ("2026-03-04", "de", "4. März 2026"),
        ("2024-08-01", "fr", "1er août 2024"),
    ],
)
def test_periods_are_told_in_words(period: str, lang: str, expected: str) -> None:
    assert period_text(period, lang) == expected


def test_what_follows_in_brackets_twice_stands_in_one_pair() -> None:
    assert one_bracket("5,0 % (geschätzt) (2024), 4,5 % (2021)") == "5,0 % (geschätzt, 2024), 4,5 % (2021)"


def test_no_per_cent_sign_is_parted_from_its_number() -> None:
    assert bound_percent("12,95\u00a0% et 19.95 %; 100 %: en %") == (
        f"12,95{THIN}% et 19.95{THIN}%; 100{THIN}%: en %"
    )
