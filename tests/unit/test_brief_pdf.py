"""A brief as PDF: its structure, its standards, what it carries, and that the same brief gives the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dashboards.briefs.content import brief
from dashboards.briefs.model import Brief, Chart, Fact
from dashboards.briefs.pdf import NotSet, pdf
from dashboards.briefs.seal import figures_csv, read_seal, seal
from indicators.words import LANGUAGES
from tests.releases import build_release
from warehouse.read import open_release

LONG = "Datenverarbeitungsdienstleistungsunternehmensgründungsförderungsgesetzgebungsverfahren"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Brief]:
    """Briefs of some places in all languages."""
    home = tmp_path_factory.mktemp("pdf")
    build_release(home)
    opened = open_release(home)
    found = {(geo, lang): brief(opened, geo, lang) for geo in ("EU27_2020", "EL", "MT") for lang in LANGUAGES}
    opened.connection.close()
    return found


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(node: Any) -> list[Any]:
    """All structure elements below a node."""
    kids = node.get("/K")
    below = [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    found = [kid for kid in below if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [one for kid in found for one in (kid, *elements(kid))]


def charts(one: Brief) -> list[Chart]:
    return [
        block
        for page in one.pages
        for section in page
        for block in section.blocks
        if isinstance(block, Chart)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("geo", ["EU27_2020", "EL", "MT"])
def test_it_is_tagged_titled_and_in_its_language(
    made: dict[tuple[str, str], Brief], geo: str, lang: str
) -> None:
    one = made[geo, lang]
    with opened(pdf(one)) as document:
        root = document.Root
        assert str(root.Lang).startswith(lang)
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert 3 <= len(document.pages) <= 4
        kinds = [str(element.S) for element in elements(root.StructTreeRoot)]
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= set(kinds)
        with document.open_metadata() as metadata:
            assert one.title in metadata["dc:title"]
            assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == (
                "1",
                "3",
                "A",
            )


def test_every_picture_has_the_text_of_its_chart(made: dict[tuple[str, str], Brief]) -> None:
    one = made["MT", "fr"]
    with opened(pdf(one)) as document:
        figures = [one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Figure"]
        told = [str(figure.Alt) for figure in figures]
    assert told == [*(chart.alt for chart in charts(one)), one.verification]
    assert all(told)


def test_fonts_are_inside(made: dict[tuple[str, str], Brief]) -> None:
    with opened(pdf(made["EL", "de"])) as document:
        descriptors = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors)


def test_it_carries_its_figures_and_its_seal(made: dict[tuple[str, str], Brief]) -> None:
    one = made["MT", "en"]
    content = pdf(one)
    with opened(content) as document:
        attached = document.attachments["figures.csv"].get_file()
        assert attached.read_bytes().decode() == figures_csv(one.facts)
        assert attached.mime_type == "text/csv"
    assert read_seal(content) == seal(one)


def test_the_same_brief_gives_the_same_bytes(made: dict[tuple[str, str], Brief]) -> None:
    assert pdf(made["EL", "fr"]) == pdf(made["EL", "fr"])
    assert pdf(made["EL", "fr"]) != pdf(made["MT", "fr"])


def test_greek_and_maltese_letters_are_in_the_fonts(made: dict[tuple[str, str], Brief]) -> None:
    """PDF/A lets no letter through that its fonts lack."""
    one = made["EL", "en"]
    with_letters = replace(
        one, findings=("Ελλάδα, Κύπρος: άέήίόύώ", "Għawdex, Ħamrun, ċ ġ ż Ċ Ġ Ż", "łódź, ș ț ő ű ě ř ů ņ ķ")
    )
    assert len(pdf(with_letters)) > 10_000


def test_a_letter_that_no_font_has_is_named(made: dict[tuple[str, str], Brief]) -> None:
    with pytest.raises(NotSet, match=r"the PDF of EL in en cannot be set: .*汉"):
        pdf(replace(made["EL", "en"], findings=("汉",)))


def test_long_words_and_many_lines_stay_on_two_pages(made: dict[tuple[str, str], Brief]) -> None:
    one = made["EU27_2020", "de"]
    first = tuple(
        replace(section, blocks=tuple(
            replace(block, title=f"{block.title} {LONG}", change=f"{block.change} {LONG}") if isinstance(block, Fact) else block
            for block in section.blocks
        ))
        for section in one.pages[0]
    )  # fmt: skip
    with opened(pdf(replace(one, findings=(LONG, LONG, LONG), pages=(first, one.pages[1])))) as document:
        assert len(document.pages) <= 4


def test_nothing_is_read_or_written_beside_it(
    made: dict[tuple[str, str], Brief], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pdf(made["MT", "de"])
    assert not list(tmp_path.iterdir())
