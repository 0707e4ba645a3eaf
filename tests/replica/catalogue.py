"""What Eurostat publishes about its tables: inventory, table of contents, feed of updates, lists of codes.

The tables themselves belong to ``api``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import format_datetime

from tests.replica.answers import START
from tests.replica.store import Store, Table

Moment = Callable[[str], str]
"""Gives the ISO moment of a code's last change."""

INVENTORY_COLUMNS = (
    "Code", "Type", "Source dataset", "Last data change", "Last structural change", "Data download url (tsv)",
    "Data download url (csv)", "Data download url (sdmx)", "Structure download url",
)  # fmt: skip
CONTENTS_COLUMNS = (
    "title", "code", "type", "last update of data", "last table structure change", "data start", "data end", '"values"',
)  # fmt: skip
NAMES = {"en": "Name of {}", "fr": "Nom de {}", "de": "Bezeichnung von {}"}


def inventory(codes: Iterable[str], base: str, data: Moment, structure: Moment) -> str:
    """The inventory of all tables as TSV."""
    rows = [INVENTORY_COLUMNS]
    for code in codes:
        url = f"{base}/sdmx/2.1/data/{code.upper()}?compressed=true&format="
        links = (f"{url}TSV", f"{url}SDMX-CSV", url.removesuffix("&format="))
        whole = f"{base}/sdmx/2.1/dataflow/ESTAT/{code.upper()}/1.0?references=all"
        rows.append((code.upper(), "DATASET", "", data(code), structure(code), *links, whole))
    return "".join("\t".join(row) + "\r\n" for row in rows)


def contents(store: Store, data: Moment, structure: Moment) -> str:
    """The table of contents: quoted columns, titles indented by four blanks a level."""
    rows = [CONTENTS_COLUMNS, ("Database by themes", "data", "folder", *" " * 4, "")]
    for code in store.tables():
        table = store.table(code)
        periods = table.codes["TIME_PERIOD"] if table else []
        span = (periods[0], periods[-1]) if periods else (" ", " ")
        days = (_day(data(code)), _day(structure(code)))
        rows.append((f"    {code}", code, "dataset", *days, *span, str(len(table.cells) if table else 0)))
    return "".join("\t".join([*(f'"{cell}"' for cell in row[:-1]), row[-1]]) + "\n" for row in rows)


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%d.%m.%Y}"


def feed(items: Iterable[tuple[str, str, str]]) -> str:
    """The RSS feed of updates, from code, what happened and the ISO moment of each."""
    parts = [
        f"<item><title>{code.upper()} - &quot;{what}&quot;</title>"
        f"<link>https://ec.europa.eu/eurostat/databrowser/product/page/{code.upper()}</link>"
        f"<description>{code}</description>"
        f"<pubDate>{format_datetime(datetime.fromisoformat(when))}</pubDate></item>"
        for code, what, when in items
    ]
    return f'{START}<rss version="2.0"><channel><title>Eurostat</title>{"".join(parts)}</channel></rss>'


def code_list(store: Store, dimension: str, lang: str) -> str | None:
    """A list as TSV: a code and its name, made up, on each line; None where no table uses the dimension."""
    given = store.other(f"codelist_{dimension}_{lang}.tsv")
    if given:
        return given.read_text(encoding="utf-8")
    codes = store.codes(dimension)
    return "".join(f"{code}\t{NAMES[lang].format(code)}\r\n" for code in codes) if codes else None


def content_constraint(table: Table) -> str:
    """The codes in use, by dimension, in SDMX-ML 2.1."""
    schemas = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    values = "".join(
        f'<c:KeyValue id="{name}">{"".join(f"<c:Value>{code}</c:Value>" for code in codes)}</c:KeyValue>'
        for name, codes in table.codes.items()
    )
    return (
        f'{START}<m:Structure xmlns:m="{schemas}/message" xmlns:s="{schemas}/structure" '
        f'xmlns:c="{schemas}/common"><m:Structures><s:Constraints><s:ContentConstraint type="Actual" '
        f'id="{table.code.upper()}" agencyID="ESTAT" version="1.0"><s:CubeRegion include="true">{values}'
        "</s:CubeRegion></s:ContentConstraint></s:Constraints></m:Structures></m:Structure>"
    )
