"""What an exported release says of itself: a Frictionless data package, DCAT-AP metadata, and its licences in words.

How the files themselves are written does not belong here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from indicators.exports.tables import Table, asked
from warehouse.read import OpenRelease

PACKAGE, CATALOGUE, LICENCES = "datapackage.json", "dcat.jsonld", "LICENCES.txt"
TITLE = "AI Observatory: AI uptake in the EU"
DESCRIPTION = (
    "Figures on the uptake of artificial intelligence in the EU, each with its flags, its vintage and the captures "
    "that it rests on, and the source tables behind them. Independent: not the AI Observatory announced in "
    "COM(2025) 723, nor a product of the European Commission or of Eurostat."
)
KINDS = {
    "DOUBLE": "number", "FLOAT": "number", "INTEGER": "integer", "BIGINT": "integer", "SMALLINT": "integer",
    "HUGEINT": "integer", "BOOLEAN": "boolean", "DATE": "date",
}  # fmt: skip
MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "duckdb": "application/vnd.duckdb",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RIGHTS = {
    "European Commission reuse policy, Decision 2011/833/EU": (
        "COM-REUSE",
        "http://publications.europa.eu/resource/authority/licence/COM_REUSE",
    ),
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
}
"""Licences that have a name and an address of their own; others are told in words."""
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGE = "http://publications.europa.eu/resource/authority/language/ENG"
THEME = "http://publications.europa.eu/resource/authority/data-theme/TECH"
EU = "http://publications.europa.eu/resource/authority/country/EUR"


@dataclass(frozen=True)
class Source:
    """A source table that the release rests on."""

    table: str
    title: str
    publisher: str
    licence: str
    link: str
    newest: str


def sources(release: OpenRelease) -> tuple[Source, ...]:
    """The source tables whose captures the release rests on, by name."""
    _, rows = asked(
        release,
        "SELECT view, any_value(title), any_value(publisher), any_value(licence), any_value(landing_page), "
        "coalesce(strftime(max(known_from), '%Y-%m-%d'), '') FROM captures WHERE used GROUP BY view ORDER BY view",
    )
    return tuple(Source(*(str(cell or "") for cell in row)) for row in rows)


def describe(release: OpenRelease, folder: Path, files: Mapping[str, Table | None]) -> None:
    """Write the descriptor, the metadata and the licences beside ``files``, each by its name with its table, if it is one."""
    found = sources(release)
    created = asked(release, "SELECT strftime(created_at, '%Y-%m-%dT%H:%M:%SZ') FROM release")[1][0][0]
    resources = [_resource(folder / name, table) for name, table in files.items()]
    _write(folder / PACKAGE, _package(release.id, str(created), resources, found))
    _write(folder / CATALOGUE, _catalogue(release.id, str(created), resources, found))
    (folder / LICENCES).write_text(_licences(release.id, found), encoding="utf-8")


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(path: Path, table: Table | None) -> dict[str, Any]:
    """A file as the descriptor has it; only CSV is described column by column in a way that programs read."""
    kind = path.suffix.removeprefix(".")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = {
        "name": path.stem.lower(),
        "path": path.name,
        "title": table.title if table else TITLE,
        "format": kind,
        "mediatype": MEDIA[kind],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
    if table is None:
        return told
    fields = [{"name": name, "type": _kind(kind_, kind)} for name, kind_ in table.columns]
    schema = {"fields": fields, "missingValues": [""]}
    return {**told, "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema} if kind == "csv" else {
        **told,
        "schema": schema,
    }  # fmt: skip


def _kind(kind: str, form: str) -> str:
    if kind.startswith("TIMESTAMP"):
        return "datetime"
    if kind.endswith("[]"):
        return "string" if form == "csv" else "array"
    return KINDS.get(kind, "string")


def _package(
    release: str, created: str, resources: Sequence[dict[str, Any]], found: Sequence[Source]
) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "ai-observatory",
        "id": f"ai-observatory-{release}",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": release,
        "created": created,
        "licenses": _licence_list(found),
        "sources": [
            {"title": f"{one.publisher}: {one.title} ({one.table}, as of {one.newest or 'an unknown day'})"}
            | ({"path": one.link} if one.link else {})
            for one in found
        ],
        "resources": list(resources),
    }


def _licence_list(found: Sequence[Source]) -> list[dict[str, str]]:
    """Each licence once: by its name and address, or in words."""
    told = []
    for licence in dict.fromkeys(one.licence for one in found):
        name, link = RIGHTS.get(licence, ("", ""))
        told.append(
            {"name": name, "path": link, "title": licence}
            if name
            else {"name": _word(licence), "title": licence}
        )
    return told


def _word(licence: str) -> str:
    return "other-" + "-".join("".join(c if c.isalnum() else " " for c in licence.lower()).split()[:4])


def _catalogue(
    release: str, created: str, resources: Sequence[dict[str, Any]], found: Sequence[Source]
) -> dict[str, Any]:
    """DCAT-AP as JSON-LD without anything to fetch: a catalogue of one data set, whose distributions are the files."""
    dataset = f"urn:ai-observatory:release:{release}"
    publisher = {"@id": "urn:ai-observatory", "@type": "foaf:Agent", "foaf:name": "AI Observatory"}
    moment = {"@value": created, "@type": "xsd:dateTime"}
    distributions = [
        {
            "@id": f"{dataset}:{quote(resource['path'])}",
            "@type": "dcat:Distribution",
            "dct:title": _said(resource["title"]),
            "dcat:accessURL": {"@id": quote(resource["path"])},
            "dcat:downloadURL": {"@id": quote(resource["path"])},
            "dcat:mediaType": {
                "@id": f"https://www.iana.org/assignments/media-types/{resource['mediatype']}"
            },
            "dcat:byteSize": {"@value": str(resource["bytes"]), "@type": "xsd:nonNegativeInteger"},
            "dct:license": [_licence(licence) for licence in _licence_list(found)],
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {
                    "@value": resource["hash"].partition(":")[2],
                    "@type": "xsd:hexBinary",
                },
            },
        }
        for resource in resources
    ]
    return {
        "@context": DCAT,
        "@id": "urn:ai-observatory:catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _said(TITLE),
        "dct:description": _said(DESCRIPTION),
        "dct:publisher": publisher,
        "dct:language": {"@id": LANGUAGE},
        "dct:modified": moment,
        "dcat:dataset": {
            "@id": dataset,
            "@type": "dcat:Dataset",
            "dct:title": _said(f"{TITLE}, release {release}"),
            "dct:description": _said(DESCRIPTION),
            "dct:identifier": release,
            "dct:issued": moment,
            "dct:publisher": {"@id": "urn:ai-observatory"},
            "dcat:theme": {"@id": THEME},
            "dct:spatial": {"@id": EU},
            "dcat:keyword": [
                _said(word) for word in ("artificial intelligence", "digital economy", "statistics")
            ],
            "dct:source": [_source(one) for one in found],
            "dcat:distribution": distributions,
        },
    }


def _said(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _licence(licence: dict[str, str]) -> dict[str, Any]:
    own = {"@id": licence["path"]} if "path" in licence else {}
    return {**own, "@type": "dct:LicenseDocument", "dct:title": _said(licence["title"])}


def _source(one: Source) -> dict[str, Any]:
    """A source table as a data set of its publisher."""
    link = {"dcat:landingPage": {"@id": quote(one.link, safe=":/?#[]@!$&'()*+,;=%")}} if one.link else {}
    return {
        "@id": f"urn:ai-observatory:source:{quote(one.table)}",
        "@type": "dcat:Dataset",
        "dct:title": _said(one.title),
        "dct:description": _said(f"{one.title} ({one.table})"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": one.publisher},
        **link,
    }


def _licences(release: str, found: Sequence[Source]) -> str:
    """Who must be named, table by table, and under which terms."""
    lines = [
        f"{TITLE}, release {release}",
        DESCRIPTION,
        "",
        "The figures rest on these tables. Whoever hands them on names their publishers, keeps to their licences, "
        "and says what was changed.",
        "",
    ]
    for one in found:
        lines += [
            f"{one.table}: {one.title}",
            f"  Publisher: {one.publisher}",
            f"  As of: {one.newest or 'undated'}",
            f"  Licence: {one.licence}" + (f" ({RIGHTS[one.licence][1]})" if one.licence in RIGHTS else ""),
            *([f"  {one.link}"] if one.link else []),
            "",
        ]
    return "\n".join(lines)
