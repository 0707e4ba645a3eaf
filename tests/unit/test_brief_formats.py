"""The formats of a brief: what each file holds, that it is safe and always the same, and what is read back from it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from dashboards.briefs import seal
from dashboards.briefs.carried import LIMIT, NotABrief, carried
from dashboards.briefs.html import html
from dashboards.briefs.making import FORMATS, written
from dashboards.briefs.xlsx import CODES, xlsx
from indicators.words import LANGUAGES
from tests.briefs import HOSTILE, RELEASE, brief, fact

VOID = ("meta", "br", "link", "img")


class Page(HTMLParser):
    """A page's elements in order, and that each one is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_one_file_that_asks_for_nothing_and_runs_nothing(lang: str) -> None:
    page = Page(html(brief(lang)).decode())
    assert page.open == []
    assert page.all("html") == [{"lang": lang}]
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
    }
    attributes = [(name, value or "") for _, own in page.elements for name, value in own.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    links = [value for name, value in attributes if name.rpartition(":")[2] == "href"]
    assert {link.partition(":")[0] for link in links} == {"https", "data"}
    assert "default-src 'none'" in str(page.all("meta"))


def test_a_page_is_told_by_headings_tables_and_described_charts() -> None:
    made = brief("fr")
    page = Page(html(made).decode())
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    names = [own["id"] for _, own in page.elements if "id" in own]
    assert len(names) == len(set(names))
    drawings = page.all("svg")
    assert len(drawings) == 2
    assert all(
        (one["role"], one["aria-labelledby"] in names, one["aria-describedby"] in names)
        == ("img", True, True)
        for one in drawings
    )
    said = "".join(page.texts)
    for text in (
        made.title,
        *made.findings,
        HOSTILE,
        "Ελλάδα, Għawdex",
        "Denmark leads with 42.0 %.",
        made.digest,
    ):
        assert text in said
    references = re.findall(r"url\(#([^)]+)\)", html(made).decode())
    assert references
    assert set(references) <= set(names)


def test_a_workbook_has_numbers_as_numbers_on_a_sheet_for_each_theme() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(brief())))
    assert book.sheetnames == ["Brief", "Enterprises", "Labour market", "Sources", CODES]
    head, first, second = list(book["Enterprises"].iter_rows(min_row=3, values_only=True))
    row, hidden = (dict(zip(head, one, strict=True)) for one in (first, second))
    assert (row["Value"], row["Unit"], row["As text"]) == (19.95, "% of enterprises", "20.0 %")
    assert (row["Flags"], row["Source"]) == ("break in series", "isoc_eb_ai")
    assert (hidden["Value"], hidden["State"]) == (None, "not publishable")


def test_no_text_of_a_workbook_starts_a_formula_or_a_link() -> None:
    content = xlsx(brief(title=HOSTILE))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))]
    assert f"'{HOSTILE}" in texts
    assert not any("hyperlink" in name for name in zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_a_workbook_is_dated_by_its_release_not_by_the_clock() -> None:
    made = brief()
    properties = openpyxl.load_workbook(io.BytesIO(xlsx(made))).properties
    assert properties.created == datetime(2026, 2, 27)  # noqa: DTZ001 - as the format has it
    assert properties.title == made.title


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_brief_gives_the_same_bytes(form: str) -> None:
    assert written(brief(), form) == written(brief(), form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_carries_its_seal_and_the_rows_of_its_figures(form: str, tmp_path: Path) -> None:
    made = brief("de")
    gap = replace(made, facts=(*made.facts, fact("sme_gap", "EL", -3.1400000000000006, "−3.1 points")))
    sealed = replace(gap, digest=seal.digest(gap.facts))
    file = tmp_path / f"brief.{form}"
    file.write_bytes(written(sealed, form))
    found = carried(file)
    assert found.form == form
    assert replace(found.seal, body=seal.BLANK) == seal.seal(sealed)
    assert found.rows is not None
    assert seal.digest_of(found.rows) == sealed.digest
    assert found.rows[0]["value"] == "19.95"


def test_the_digest_follows_what_is_stated_and_nothing_else() -> None:
    one = fact("sme_gap", "EL", 0.1 + 0.2, "0.3 points")
    again = replace(one, title="Écart", value="0,3 point", row={**one.row, "value": 0.3, "change": 1.0})
    other = replace(one, row={**one.row, "flags": ""})
    assert seal.digest([one]) == seal.digest([again]) != seal.digest([other])
    assert seal.digest([one, other]) != seal.digest([other, one])


@pytest.mark.parametrize("text", ["", "observatory-brief:", "observatory-brief:release=a;geo=FR"])
def test_half_a_seal_is_none(text: str) -> None:
    assert seal.read_seal(text.encode()) is None


def test_a_seal_with_a_day_that_is_none_is_none() -> None:
    text = seal.seal(brief()).text
    assert seal.read_seal(text.encode()) is not None
    assert seal.read_seal(text.replace("as_of=", "as_of=yesterday").encode()) is None


def test_the_verification_line_names_release_and_digest() -> None:
    made = brief()
    assert made.verification.startswith("observatory verify ")
    assert RELEASE in made.verification
    assert made.digest in made.verification


def zipped(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"hello", "neither PDF, HTML nor XLSX"),
        (b"", "neither PDF, HTML nor XLSX"),
        (b"%PDF-1.7\n%%EOF", "carries no seal"),
        (b"<!doctype html><p>Hello</p>", "carries no seal"),
        (zipped("word/document.xml"), "carries no seal"),
        (b"PK\x03\x04 broken", "carries no seal"),
        (b"%PDF-1.7" + b" " * LIMIT, "larger than 64 MB"),
    ],
    ids=["text", "empty", "PDF", "HTML", "zip", "broken zip", "large"],
)
def test_what_is_no_brief_is_said_to_be_none(content: bytes, why: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(NotABrief, match=why):
        carried(file)


@pytest.mark.parametrize("form", FORMATS)
def test_a_change_shows_without_the_release(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"brief.{form}"
    file.write_bytes(written(brief(), form))
    assert carried(file).untouched
    again = brief()
    file.write_bytes(seal.stamped(written(replace(again, citation="Somebody else"), form), form))
    assert carried(file).untouched
    named = "docProps/app.xml" if form == "xlsx" else None
    file.write_bytes(touched(file.read_bytes(), named))
    assert not carried(file).untouched


def touched(content: bytes, part: str | None) -> bytes:
    """Some bytes with a blank more at their end, or at the end of a part of a zip file."""
    if part is None:
        return content + b" "
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for one in old.infolist():
            new.writestr(one, old.read(one) + (b" " if one.filename == part else b""))
    return changed.getvalue()
