"""Associations over Member States: their number of countries, and no word of an effect."""

from __future__ import annotations

import pytest

from indicators.association import Association, associate, association_text
from indicators.words import LANGUAGES
from sources.codes import EU, MEMBER_STATES

RISING = {geo: float(at) for at, geo in enumerate(MEMBER_STATES)}


def test_only_member_states_with_both_values_count() -> None:
    other = {
        **{geo: value**3 for geo, value in RISING.items()},
        EU: 1.0,
        "NO": 5.0,
        "MT": None,
        "DE": float("nan"),
    }
    found = associate({**RISING, EU: 9.0, "NO": 1.0}, other)
    assert found.number == 25
    assert not {EU, "NO", "MT", "DE"} & set(found.countries)
    assert found.spearman == 1
    assert found.pearson is not None
    assert 0.8 < found.pearson < 1


def test_values_that_fall_together_with_rising_ones_have_the_sign_of_it() -> None:
    found = associate(RISING, {geo: -value for geo, value in RISING.items()})
    assert (found.pearson, found.spearman) == (-1, -1)


@pytest.mark.parametrize("second", [dict.fromkeys(MEMBER_STATES, 3.0), dict(list(RISING.items())[:9])])
def test_too_few_or_too_alike_values_have_no_coefficient(second: dict[str, float]) -> None:
    found = associate(RISING, second)
    assert (found.pearson, found.spearman) == (None, None)
    assert f"{found.number} Member States" in association_text(found, "en")


def test_the_text_states_the_number_of_countries_and_no_effect() -> None:
    text = association_text(Association(tuple(MEMBER_STATES), 0.456, -0.3), "en")
    assert "27 Member States" in text
    assert "0.46" in text
    assert "\u22120.30" in text
    assert not {"effect", "cause", "impact", "because", "due"} & set(text.replace(",", " ").split())
    assert all(association_text(Association((), 0.1, 0.2), lang) for lang in LANGUAGES)
