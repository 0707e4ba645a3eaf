"""A language is a catalogue: one that is complete enough is offered, spells its own way, and needs no code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from indicators import phrase, words
from indicators.words import CATALOGUES, LANGUAGES, alphabetical, apart, geo_name, languages, translate
from observatory import main


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with a fourth language, whose texts are the French ones."""
    for path in CATALOGUES.glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    french = (CATALOGUES / "fr.po").read_text(encoding="utf-8")
    (tmp_path / "it.po").write_text(french.replace('"Language: fr', '"Language: it'), encoding="utf-8")
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    return tmp_path


def test_english_comes_first_and_all_languages_are_named_in_themselves() -> None:
    assert LANGUAGES == {"en": "English", "de": "Deutsch", "fr": "Français"}
    assert next(iter(LANGUAGES)) == "en"


def test_a_fourth_catalogue_is_a_fourth_language(italian: Path) -> None:
    assert languages(italian)["it"] == "Italiano"
    assert translate("Overview", "it") == translate("Overview", "fr") != "Overview"
    assert geo_name("DE", "it") == "Germania"
    assert phrase.value_text(1234.5, "PC_ENT", "it").startswith("1.234,5")
    assert phrase.period_text("2024-11", "it") == "novembre 2024"


def test_a_catalogue_that_has_only_begun_is_not_offered(italian: Path) -> None:
    begun = re.sub(r'(?m)^msgstr ".+$', 'msgstr ""', (italian / "it.po").read_text(encoding="utf-8"))
    (italian / "it.po").write_text(re.sub(r'(?m)(?<=^msgstr "")((?:\n".*)+)', "", begun), encoding="utf-8")
    assert "it" not in languages(italian)
    (italian / "it.po").write_text("", encoding="utf-8")
    assert "it" not in languages(italian)


def test_a_language_without_texts_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_LANG", "xx")
    assert main(["indicators"]) == 64
    assert "OBSERVATORY_LANG: there are no texts in 'xx': choose one of en, de, fr" in capsys.readouterr().err


def test_semicolons_stand_as_the_language_sets_them() -> None:
    assert [apart(["a", "b"], lang) for lang in ("en", "fr")] == ["a; b", "a\u00a0; b"]


def test_an_umlaut_does_not_move_a_country_to_the_end() -> None:
    assert alphabetical(["AT", "DE", "DK", "PL"], "de") == ["DK", "DE", "AT", "PL"]


def test_french_signs_are_never_parted_from_their_words() -> None:
    with (CATALOGUES / "fr.po").open("rb") as file:
        messages = [str(message.string) for message in read_po(file) if message.id]
    assert [text for text in messages if re.search(r"« | [:;?!»](?:\s|$)", text)] == []


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_no_line_ends_between_a_number_and_its_per_cent_sign(lang: str) -> None:
    with (CATALOGUES / f"{lang}.po").open("rb") as file:
        messages = [str(message.string) for message in read_po(file) if message.id]
    assert [text for text in messages if re.search(r"[\d}] %", text)] == []
