"""The catalogue as a whole: every indicator is complete, computable by its declared units, and translated."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from indicators.formula import Count, Formula, Slice, breakdown_of, members_of, operands, unit_of
from indicators.labels import LABELS, label
from indicators.locale.extract import ROOT, catalogue, rewrite, texts
from indicators.model import Indicator, Target
from indicators.registry import LEADING, formulas, in_reading_order, indicators, themes
from indicators.registry import datasets as tables_of
from indicators.targets import STATUSES, distance, target, targets, targets_of
from indicators.words import LANGUAGES, translate
from sources.codes import CONFIDENTIALITY, EU, FLAGS, GEO, MEMBER_STATES, PERIOD
from sources.registry import datasets
from sources.settings import Settings

CATALOGUE = indicators()
TRANSLATED = sorted(LANGUAGES.keys() - {"en"})
REGISTER = list(csv.DictReader((ROOT / "sources/curated/targets.csv").open(encoding="utf-8", newline="")))
PLACEHOLDER = re.compile(r"{(\w+)}")

IDS = {
    "enterprises_using_ai",
    "smes_using_ai",
    "large_enterprises_using_ai",
    "sme_gap",
    "enterprises_using_ai_by_activity",
    "enterprises_using_ai_by_technology",
    "cloud_data_or_ai",
    "smes_basic_digital_intensity",
    "public_sector_ai_cases",
    "ict_specialists",
    "ict_specialists_employed",
    "unemployment",
    "ai_investment",
}

every_indicator = pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE.keys())


def leaves(formula: Formula) -> list[Slice | Count]:
    if isinstance(formula, Slice | Count):
        return [formula]
    return [leaf for operand in operands(formula) for leaf in leaves(operand)]


def test_the_catalogue_holds_the_indicators_of_the_mandate() -> None:
    assert CATALOGUE.keys() >= IDS


@every_indicator
def test_file_and_indicator_have_one_name(indicator: Indicator) -> None:
    assert list((ROOT / "indicators/catalogue").glob(f"*/{indicator.id}.py"))


@every_indicator
def test_an_indicator_says_what_it_is(indicator: Indicator) -> None:
    assert indicator.title
    assert indicator.question.endswith("?")
    assert indicator.method.endswith(".")
    assert indicator.caveats
    assert all(caveat.endswith(".") for caveat in indicator.caveats)
    assert all(event.text.endswith(".") and PERIOD.fullmatch(event.period) for event in indicator.events)


@every_indicator
def test_every_formula_is_in_the_indicators_unit(indicator: Indicator) -> None:
    assert {unit_of(formula) for formula in formulas(indicator)} == {indicator.unit}
    assert indicator.unit in LABELS["unit"]


@every_indicator
def test_the_witness_is_a_cell_that_the_formula_can_give(indicator: Indicator) -> None:
    witness, (low, high) = indicator.witness, indicator.bounds
    if witness is None:
        assert indicator.waits_for in tables_of(indicator), "no witness, and no table that will bring one"
        return
    assert GEO.fullmatch(witness.geo)
    assert PERIOD.fullmatch(witness.period)
    assert witness.source
    assert low is None or witness.value >= low
    assert high is None or witness.value <= high
    assert witness.period >= indicator.coverage.since
    members = members_of(indicator.formula)
    assert witness.member in members if members else witness.member == ""


@every_indicator
def test_every_breakdown_and_member_has_a_label(indicator: Indicator) -> None:
    for formula in formulas(indicator):
        breakdown = breakdown_of(formula)
        members = set(members_of(formula))
        assert bool(breakdown) == bool(members)
        assert not breakdown or breakdown in LABELS["breakdown"]
        assert members <= LABELS.get(breakdown, {}).keys()


@every_indicator
def test_a_breakdown_names_no_member_twice(indicator: Indicator) -> None:
    for formula in formulas(indicator):
        for leaf in leaves(formula):
            assert len(set(leaf.members)) == len(leaf.members)


def test_the_index_of_digital_intensity_changes_its_code_with_the_year() -> None:
    formula = CATALOGUE["smes_basic_digital_intensity"].formula
    assert isinstance(formula, Slice)
    version = formula.codes["indic_is"]
    assert not isinstance(version, str)
    assert version["2024"] != version["2025"] == version["2023"]


def test_flags_and_confidentiality_are_worded_as_the_sources_word_them() -> None:
    assert LABELS["flag"] == FLAGS
    assert LABELS["confidentiality"] == CONFIDENTIALITY


def test_an_unknown_code_is_its_own_label() -> None:
    assert label("nace_r2", "Z99", "fr") == "Z99"
    assert label("no such dimension", "Z99", "en") == "Z99"
    assert label("size_emp", "GE250", "en") == "250 or more persons employed"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_is_translated_and_no_translation_is_unused(lang: str) -> None:
    held = {str(message.id) for message in catalogue(lang) if message.id and message.string}
    declared = set(texts())
    assert declared - held == set(), "run make messages and translate these"
    assert held - declared == set(), "run make messages to drop these"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_fills_in_what_the_text_fills_in(lang: str) -> None:
    for message in catalogue(lang):
        text, translation = str(message.id), str(message.string)
        for form in translation.split("|"):
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(text)), text


@pytest.mark.parametrize("lang", TRANSLATED)
@every_indicator
def test_an_indicator_speaks_every_language(indicator: Indicator, lang: str) -> None:
    events = [event.text for event in indicator.events]
    spoken = (indicator.title, indicator.question, indicator.method, *indicator.caveats, *events)
    assert [text for text in spoken if translate(text, lang) == text] == []


def test_every_licence_and_publisher_of_a_dataset_is_a_text_of_the_catalogues() -> None:
    declared = texts()
    for dataset in datasets(Settings()).values():
        assert dataset.licence in declared
        assert dataset.publisher in declared


def test_the_clauses_of_the_register_are_told_in_every_language() -> None:
    french = "Report of the French AI commission"
    assert french in {row["clause"] for row in REGISTER} <= texts().keys()
    assert all(translate(french, lang) != french for lang in TRANSLATED)


def test_numbers_whose_baseline_has_no_flags_say_so() -> None:
    caveats = " ".join(CATALOGUE["ict_specialists_employed"].caveats)
    assert "flags" in caveats
    assert "estimate" in caveats


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one module and a register of one target."""
    (tmp_path / "sources/curated").mkdir(parents=True)
    (tmp_path / "sources/curated/targets.csv").write_text("target,title,clause,note\nx,A title,A clause,\n")
    (tmp_path / "sources/curated/claims.csv").write_text("claim,text,note\nx,Not ours to translate,\n")
    (tmp_path / "sources/curated/claim_readings.csv").write_text("reading,title\n")
    (tmp_path / "sources/curated/actors.csv").write_text("actor,name,passage,owner,counted,note\n")
    (tmp_path / "observatory").mkdir()
    (tmp_path / "observatory" / "asking.py").write_text(
        'A = N_("one " "text")\nB = words.translate("yes" if A else "no", lang)\nC = translate(A, lang)\n'
    )
    return tmp_path


def test_messages_are_found_wherever_they_are_declared(project: Path) -> None:
    assert list(texts(project)) == ["one text", "yes", "no", "A title", "A clause"]


def test_rewriting_keeps_translations_adds_new_texts_and_drops_unused_ones(project: Path) -> None:
    (project / "de.po").write_text(
        'msgid "yes"\nmsgstr "ja"\n\nmsgid "perhaps"\nmsgstr "vielleicht"\n', encoding="utf-8"
    )
    assert rewrite("de", project, project) == ["one text", "no", "A title", "A clause"]
    held = {message.id: message.string for message in catalogue("de", project) if message.id}
    assert held == {"one text": "", "yes": "ja", "no": "", "A title": "", "A clause": ""}


def test_the_register_is_well_formed() -> None:
    found = targets(REGISTER)
    assert len({aim.id for aim in found}) == len(found) == len(REGISTER)
    for aim in found:
        assert aim.geo in (EU, *MEMBER_STATES)
        assert aim.title
        assert aim.clause
        assert aim.link.startswith("http")
        assert PERIOD.fullmatch(aim.dated)
        assert aim.unit in LABELS["unit"]
        assert not aim.indicator or CATALOGUE[aim.indicator].unit == aim.unit


def test_the_digital_decade_is_under_review() -> None:
    reviewed = [aim for aim in targets(REGISTER) if "2022/2481" in aim.clause]
    assert len(reviewed) == 8
    assert all("30 June 2026" in aim.note and aim.status == "set" and aim.year == "2030" for aim in reviewed)


def test_investment_has_a_target_to_be_proposed_a_political_and_a_historic_one() -> None:
    found = targets_of(targets(REGISTER), "ai_investment", EU)
    assert [(aim.status, aim.value) for aim in found] == [
        ("announced", None),
        ("political", 20.0),
        ("historic", 20.0),
    ]
    assert targets_of(targets(REGISTER), "ai_investment", "FR") == ()
    assert targets_of(targets(REGISTER), "smes_using_ai") == ()


def test_targets_come_by_status_then_year() -> None:
    row = {**REGISTER[0], "indicator": "x"}
    rows = [
        {**row, "target": "later", "year": "2035"},
        {**row, "target": "open", "year": "", "value": float("nan")},
        {**row, "target": "political", "status": "political", "year": "2020"},
        {**row, "target": "sooner", "year": "2027"},
    ]
    assert [aim.id for aim in targets(rows)] == ["sooner", "later", "open", "political"]
    assert STATUSES[0] == "set"


def test_a_status_that_the_register_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="wished for"):
        target({**REGISTER[0], "status": "wished for"})


def test_distance_is_what_is_still_missing() -> None:
    aim = targets_of(targets(REGISTER), "cloud_data_or_ai")[0]
    assert distance(63.20, aim) == 11.8
    assert distance(76.0, aim) == -1.0
    assert distance(None, aim) is None
    assert distance(8.0, open_target()) is None


def open_target() -> Target:
    return targets_of(targets(REGISTER), "ai_investment")[0]


def test_readers_meet_every_indicator_once_and_the_leading_ones_first() -> None:
    met = [one.id for one in in_reading_order()]
    assert sorted(met) == sorted(indicators())
    for own in themes().values():
        places = [LEADING.index(one.id) if one.id in LEADING else len(LEADING) for one in own]
        assert places == sorted(places)
    assert set(LEADING) <= set(met)
