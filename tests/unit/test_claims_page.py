"""The page of claims: each with its verdict, its figures and its source; filters in the address; citations on exhibits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from indicators.claim_words import SHAPES
from indicators.claims import WORDS
from indicators.words import LANGUAGES
from sources.curated import FOLDER, Curated
from sources.curated.claims import CLAIMS, READINGS
from tests.releases import HOSTILE, Plan, build_release
from tests.unit.test_pages import NEVER, opened, shown, unfold
from warehouse.read import DATABASE


def publish(home: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> Path:
    """A small release with our register, and with more rows of it."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(home))
    release = build_release(home, Plan())
    with duckdb.connect(str(home / "releases" / release / DATABASE)) as connection:
        for dataset, rows in ((CLAIMS, more), (READINGS, ())):
            path = home / f"{dataset.code}.csv"
            path.write_text(
                (FOLDER / path.name).read_text(encoding="utf-8") + "".join(rows), encoding="utf-8"
            )
            connection.execute(f"DROP TABLE IF EXISTS {dataset.view}")
            Curated().parse(dataset, path, connection).create(dataset.view)
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return publish(tmp_path, monkeypatch)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_every_language_and_never_says_nan(home: Path, lang: str) -> None:
    text = shown(opened("claims", lang=lang))
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "COM(2025) 723, Apply AI strategy, 2.11" in text
    assert {"en": "13.48", "fr": "13,48", "de": "13,48"}[lang] in text


def test_each_claim_stands_with_its_verdict_its_figures_and_its_source(home: Path) -> None:
    app = opened("claims")
    text = shown(app)
    assert "**◐ reproduced now** · 13.5 % of enterprises in the EU use AI" in text
    assert "**◇ differs now, vintage not held** · 8.0 % of EU enterprises" in text
    assert (
        "EU – known on 23 January 2025: vintage not held; known now: 8.06 % (2023; as of 27 February 2026)"
        in text
    )
    assert "Of 36 claims, 8 can be judged by figures of this release: reproduced now (3);" in text
    links = " ".join(caption.value for caption in app.caption)
    assert "(<https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52025DC0723>)" in links


def test_the_verdict_and_the_words_in_the_address_choose_the_claims(home: Path) -> None:
    def count(**query: str) -> str:
        app = opened("overview", **query)
        app.switch_page("views/claims.py")
        app.query_params.update(query)
        return str(next(one.value for one in app.run().caption if " of " in one.value))

    assert count().startswith("36 of 36")
    assert count(verdict="not loaded").startswith("1 of 36")
    assert count(words="romania eurostat").startswith("1 of 36")
    assert count(verdict="no such verdict").startswith("36 of 36")


def test_what_is_chosen_stands_in_the_address(home: Path) -> None:
    app = opened("claims")
    app.selectbox(key="verdict").set_value("quoted")
    app.text_input(key="words").set_value("robots").run()
    assert app.query_params["verdict"] in ("quoted", ["quoted"])
    assert app.query_params["words"] in ("robots", ["robots"])
    assert any(one.value.startswith("2 of 36") for one in app.caption)


def test_every_verdict_has_a_shape_of_its_own() -> None:
    assert SHAPES.keys() == {*WORDS}
    assert len({*SHAPES.values()}) == len(WORDS)


def test_a_text_of_the_register_is_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = HOSTILE.replace('"', "'")
    row = f'hostile,,"{hostile}","[x](y) {hostile}",https://example.org,2025-01-01,,quoted,,,,,,,,,"{hostile}"\n'
    app = opened("claims") if publish(tmp_path, monkeypatch, row) else None
    assert app
    told = [one.value for one in [*app.markdown, *app.caption] if "onerror" in one.value]
    assert len(told) == 2
    assert not any(re.search(r"(?<!\\)<img|(?<!\\)\*\*bold|(?<!\\)\[x\]", one) for one in told)


def test_a_release_without_the_register_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {CLAIMS.view}")
    assert "This release holds no register of claims" in shown(opened("claims"))


@pytest.mark.parametrize("page", ["enterprises", "labour", "targets", "public_sector"])
def test_every_exhibit_offers_its_citation_in_three_forms(home: Path, page: str) -> None:
    app = opened(page)
    assert not app.code, "what is folded away is made only where it is asked for"
    unfold(app)
    exhibits = [
        one for one in app.get("download_button") if one.key.startswith("csv-") and "-list-" not in one.key
    ]
    blocks = [one.value for one in app.code]
    assert len(blocks) == 3 * len(exhibits) > 0
    for plain, bibtex, csl in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
        items = json.loads(csl)
        assert items
        assert bibtex.count("@misc{") == len(items) == len(plain.split("\n\n"))
        assert all(item["archive_location"] == Plan().id for item in items)
        assert Plan().id in plain
