"""The methodology is in step with the catalogue, and nothing that it must say is missing from an indicator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.methodology import FOLDER, document, gaps
from indicators.model import Indicator
from indicators.registry import indicators
from indicators.words import LANGUAGES

CATALOGUE = indicators()
AI = CATALOGUE["enterprises_using_ai"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_files_are_in_step_with_the_catalogue(lang: str) -> None:
    path = FOLDER / f"{lang}.md"
    assert path.read_text(encoding="utf-8") == document(lang), "run make docs"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_no_indicator_lacks_what_the_methodology_says(indicator: Indicator, lang: str) -> None:
    assert gaps(indicator, lang) == []


def test_what_an_indicator_lacks_is_named() -> None:
    assert AI.witness
    assert gaps(replace(AI, title="Brand new"), "fr") == ["no translation of: Brand new"]
    assert gaps(replace(AI, title="Brand new"), "en") == []
    assert gaps(replace(AI, caveats=()), "de") == ["no caveat"]
    assert gaps(replace(AI, witness=replace(AI.witness, source="")), "en") == ["no citation of its witness"]
    unwitnessed = "no witness, and no table of its own that would bring one"
    assert gaps(replace(AI, witness=None), "en") == [unwitnessed]
    assert gaps(replace(AI, witness=None, waits_for="une_rt_m"), "en") == [unwitnessed]
    assert gaps(replace(AI, witness=None, waits_for="isoc_eb_ai"), "en") == []


def test_an_indicator_is_told_with_all_its_particulars() -> None:
    text = document("en")
    own = text[text.index('<a id="enterprises_using_ai"></a>') :].split("<a id=", 2)[1]
    for said in (
        "*How many enterprises use artificial intelligence?*",
        "- [isoc_eb_ai: annual; All activities surveyed; Any AI technology; % of enterprises; 10 or more",
        "- Noted from 2025 on: From 2025 AI includes",
        "- Unit: % of enterprises",
        "- Bounds: 0 to 100",
        "- Coverage: 27 Member States, since 2021",
        "- Witness: EU, 2025: 19.95\u202f% (Eurostat, isoc_eb_ai",
        "licence: European Commission reuse policy",
    ):
        assert said in own, said


def test_an_indicator_that_waits_says_for_which_table() -> None:
    assert "the first capture of the table `sbs_sc_ovw` brings one" in document("en")


def test_groups_are_told_with_what_is_added_up() -> None:
    text = document("en")
    assert (
        "- Third quarter: [lfsa_egai2d: annual; Y15-74; Women and men; thousand persons], added up over: OC26"
        in text
    )
