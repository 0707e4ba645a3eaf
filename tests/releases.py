"""A small release for tests of the pages: the real tables, stated EU figures, made-up values for countries.

Nothing here is data of a publisher; no page or test may take a country's value from it as true.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sources.codes import ALL_RECORDED, EU, EU_INSTITUTIONS, MEMBER_STATES
from warehouse.contents import FIGURES
from warehouse.files import write_whole
from warehouse.read import DATABASE, FORMAT, MANIFEST

KNOWN = datetime(2026, 2, 27, tzinfo=UTC)
OLD = datetime(2025, 11, 3, tzinfo=UTC)
WIDER = (
    "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU values. "
    "On the old definition 2025 lies between 12.95 % and 19.95 %."
)
EU_AI = {"2021": 7.65, "2023": 8.06, "2024": 13.48, "2025": 19.95}
HOSTILE = '<img src=x onerror="alert(1)"> **bold** =1+1'
"""A text that a page must show as text."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a release for a test holds."""

    id: str = "20260227T110000Z-aaaaaa"
    origin: str = "imported"
    cases: bool = True
    eu_share: float = EU_AI["2025"]
    held_back: tuple[str, ...] = ("isoc_e_dii",)
    baseline_until: str = ""
    """Figures of isoc_eb_ai up to this period rest on an older capture, a baseline."""
    lost: bool = False
    """Whether the files behind the source views are gone."""
    figures: list[Row] = field(default_factory=list)


def build_release(home: Path, plan: Plan | None = None) -> str:
    """Write a release into ``home`` and point to it; gives its id."""
    plan = plan or Plan()
    folder = home / "releases" / plan.id
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / DATABASE)) as connection:
        _write_figures(connection, [*_figures(plan), *plan.figures], plan)
        _write_frame(connection, "captures", _captures(plan))
        _write_frame(connection, "checks", _checks(plan))
        _write_frame(connection, "labels", [dict.fromkeys(("dimension", "code", "lang", "label"), "")])
        _write_frame(connection, "curated.targets", _targets())
        if plan.cases:
            _write_frame(connection, "pstw.cases", _cases())
        _write_frame(connection, "curated.figures", _stated())
        _write_frame(connection, "release", [_release(plan)])
        if plan.lost:
            _lose(connection, folder / "lost.parquet")
    write_whole(folder / MANIFEST, json.dumps({"format": FORMAT}).encode())
    write_whole(home / "current", plan.id.encode())
    return plan.id


def country_value(base: float, geo: str, spread: float = 1.0) -> float:
    """A made-up value for a country around ``base``, always the same one."""
    return round(base * (0.35 + spread * 1.5 * ((MEMBER_STATES.index(geo) * 7) % 27) / 27), 2)


def _figures(plan: Plan) -> list[Row]:
    return [
        *_share_series("enterprises_using_ai", {**EU_AI, "2025": plan.eu_share}, noted=True),
        *_share_series(
            "smes_using_ai", {"2021": 7.05, "2023": 7.38, "2024": 12.64, "2025": 18.90}, noted=True
        ),
        *_share_series(
            "large_enterprises_using_ai", {"2021": 28.41, "2023": 30.48, "2024": 41.17, "2025": 55.03}
        ),
        *_share_series("sme_gap", {"2021": 21.36, "2023": 23.10, "2024": 28.53, "2025": 36.13}, unit="PP"),
        *_share_series("cloud_data_or_ai", {"2023": 54.7, "2025": 63.20}),
        *_intensity(),
        *_members(
            "enterprises_using_ai",
            "size_emp",
            {"10-49": 17.0, "10-249": 18.9, "50-249": 30.4, "GE250": 55.03},
        ),
        *_members(
            "enterprises_using_ai_by_activity",
            "nace_r2",
            {"C": 17.3, "F": 10.8, "G": 16.1, "I": 11.98, "J": 62.5},
        ),
        *_members(
            "enterprises_using_ai_by_technology",
            "indic_is",
            {"E_AI_TTM": 11.8, "E_AI_TNLG": 8.8, "E_AI_TAR": 1.3},
        ),
        *_members("cloud_data_or_ai", "component", {"E_CC1_SI": 46.69, "E_DA": 39.85, "E_AI_TANY": 19.95}),
        *_share_series("ict_specialists", {"2023": 4.8, "2024": 5.0}, unit="PC_EMP"),
        _row("ict_specialists_employed", EU, "2024", 10272.5, unit="THS_PER", series="THS_PER"),
        _row("ict_specialists_employed", "RO", "2024", 471.0, unit="THS_PER", series="THS_PER"),
        *_unemployment(),
        *_public_sector(),
        _row("ai_investment", EU, "2019", 8.45, unit="EUR_BN", low=7.9, high=9.0),
    ]


def _share_series(
    indicator: str, eu: dict[str, float], *, unit: str = "PC_ENT", noted: bool = False
) -> list[Row]:
    """The EU and all countries; in one country a break, in one no publishable value, in one nothing at all."""
    rows: list[Row] = []
    for geo in (EU, *(g for g in MEMBER_STATES if g != "LU")):
        before: Row | None = None
        for period, value in eu.items():
            own = value if geo == EU else country_value(value, geo)
            row = _row(indicator, geo, period, own, unit=unit)
            last = period == max(eu)
            if geo == "MT" and last:
                row |= {"value": None, "status": "not publishable", "flags": "u"}
            if geo == "IE" and last:
                row |= {"flags": "b", "series": "after"}
            if geo == "AT" and last:
                row |= {"flags": "p"}
            rows.append(_with_change(row, before, WIDER if noted and last else ""))
            before = row
    return rows


def _with_change(row: Row, before: Row | None, note: str) -> Row:
    if before is None or row["value"] is None or before["value"] is None:
        return row
    if row["series"] != before["series"]:
        return {**row, "previous_period": before["period"], "change_status": "stopped"}
    change = round(row["value"] - before["value"], 2)
    status = "noted" if note else "comparable"
    return {
        **row,
        "previous_period": before["period"],
        "change": change,
        "change_status": status,
        "change_note": note,
    }


def _intensity() -> list[Row]:
    values = {
        "2021": (54.8, "3"),
        "2022": (69.0, "4"),
        "2023": (57.9, "3"),
        "2024": (72.9, "4"),
        "2025": (71.4, "3"),
    }
    rows: list[Row] = []
    for geo in (EU, "DE", "FR"):
        for period, (value, version) in values.items():
            own = value if geo == EU else country_value(value, geo)
            row = _row("smes_basic_digital_intensity", geo, period, own, series=version)
            earlier = next((r for r in reversed(rows) if r["geo"] == geo and r["series"] == version), None)
            rows.append(_with_change(row, earlier, ""))
    return rows


def _members(indicator: str, breakdown: str, values: dict[str, float]) -> list[Row]:
    places = (EU, "DE", "FR")
    return [
        _row(
            indicator,
            geo,
            "2025",
            value if geo == EU else country_value(value, geo),
            breakdown=breakdown,
            member=code,
        )
        for geo in places
        for code, value in values.items()
    ]


def _unemployment() -> list[Row]:
    rows: list[Row] = []
    for geo in (EU, *MEMBER_STATES):
        before: Row | None = None
        for month in range(1, 13):
            value = 6.2 - month / 40
            own = value if geo == EU else country_value(value, geo)
            row = _row("unemployment", geo, f"2024-{month:02}", round(own, 1), unit="PC_ACT")
            rows.append(_with_change(row, before, ""))
            before = row
        for sex in ("F", "M"):
            rows.append(_row("unemployment", geo, "2024-12", 6.0, unit="PC_ACT", breakdown="sex", member=sex))
    return rows


def _public_sector() -> list[Row]:
    edition = "2026-03-04"

    def cases(geo: str, value: float, breakdown: str = "", member: str = "") -> Row:
        return _row(
            "public_sector_ai_cases", geo, edition, value, unit="CASES", breakdown=breakdown, member=member
        )

    rows = [cases(ALL_RECORDED, 1805), cases(EU, 1513), cases(EU_INSTITUTIONS, 45)]
    rows += [
        cases(EU, 629, "definition", "implemented"),
        cases(ALL_RECORDED, 700, "definition", "implemented"),
    ]
    rows += [cases(g, round(country_value(56, g))) for g in MEMBER_STATES]
    rows += [cases(g, round(country_value(23, g)), "definition", "implemented") for g in MEMBER_STATES]
    members = {
        "status": {
            "implemented": 629,
            "pilot": 420,
            "in_development": 300,
            "planned": 100,
            "not_in_use": 40,
            "unknown": 0,
        },
        "cofog": {"GF01": 500, "GF03": 300, "GF07": 250, "GF09": 90},
        "cofog_implemented": {"GF01": 220, "GF03": 130, "GF07": 80, "GF09": 30},
        "technology": {"artificial_intelligence": 1513, "blockchain": 300, "other": 40},
    }
    for by, codes in members.items():
        for code, value in codes.items():
            rows += [cases(EU, value, by, code), cases(ALL_RECORDED, round(value * 1.2), by, code)]
    return [*rows, cases("SM", 0)]


def _row(
    indicator: str,
    geo: str,
    period: str,
    value: float | None,
    *,
    unit: str = "PC_ENT",
    breakdown: str = "",
    member: str = "",
    **more: Any,
) -> Row:
    empty = {
        "low": None,
        "high": None,
        "flags": "",
        "status": "measured",
        "series": "",
        "previous_period": None,
    }
    change = {"change": None, "change_status": "", "change_note": ""}
    own = {"indicator": indicator, "geo": geo, "period": period, "value": value, "unit": unit}
    return {**empty, **change, **own, "breakdown": breakdown, "member": member, **more}


DATASETS = {
    "isoc_eb_ai": ("eurostat", "enterprises_using_ai smes_using_ai large_enterprises_using_ai sme_gap"),
    "isoc_eb_ain2": ("eurostat", "enterprises_using_ai_by_activity enterprises_using_ai_by_technology"),
    "isoc_e_dii": ("eurostat", "cloud_data_or_ai smes_basic_digital_intensity"),
    "isoc_sks_itspt": ("eurostat", "ict_specialists ict_specialists_employed"),
    "une_rt_m": ("eurostat", "unemployment"),
    "pstw_cases": ("pstw", "public_sector_ai_cases"),
    "curated_figures": ("curated", "ai_investment"),
}


def _capture_of(row: Row, plan: Plan) -> str:
    code = next(code for code, (_, ids) in DATASETS.items() if row["indicator"] in ids.split())
    return f"capture-{code}" + (
        "-old" if code == "isoc_eb_ai" and row["period"] <= plan.baseline_until else ""
    )


def _captures(plan: Plan) -> list[Row]:
    publishers = {
        "eurostat": (
            "Eurostat",
            "european statistics",
            "European Commission reuse policy, Decision 2011/833/EU",
        ),
        "pstw": (
            "European Commission, Joint Research Centre: Public Sector Tech Watch",
            "curated collection",
            "CC BY 4.0",
        ),
        "curated": (
            "AI Observatory, from the sources named in each row",
            "stated",
            "facts cited with their sources",
        ),
    }
    rows = []
    for code, (source, _) in DATASETS.items():
        publisher, kind, licence = publishers[source]
        rows.append(_capture(plan, code, source, publisher, kind, licence, "accepted"))
        if code in plan.held_back:
            rows.append(_capture(plan, code, source, publisher, kind, licence, "held back"))
    old = {"id": "capture-isoc_eb_ai-old", "known_from": OLD, "origin": "baseline", "scope": "partial"}
    return [*rows, {**rows[0], **old}] if plan.baseline_until else rows


def _capture(plan: Plan, code: str, source: str, publisher: str, kind: str, licence: str, state: str) -> Row:
    bad = state != "accepted"
    return {
        "id": f"capture-{code}" + ("-bad" if bad else ""),
        "dataset": code,
        "url": f"https://example.org/{code}",
        "retrieved_at": KNOWN,
        "known_from": KNOWN,
        "source_updated_at": KNOWN,
        "confirmed_at": None,
        "sha256": "0" * 64,
        "size": 12345,
        "media_type": "text/tab-separated-values",
        "scope": "full",
        "origin": plan.origin,
        "state": state,
        "why": "rows kept: 40 % of the last table" if bad else "",
        "view": f"{source}.{code.removeprefix(source + '_')}",
        "title": f"Table {code}",
        "publisher": publisher,
        "kind": kind,
        "licence": licence,
        "landing_page": f"https://example.org/about/{code}",
        "used": not bad,
        "tidy": "",
    }


def _checks(plan: Plan) -> list[Row]:
    passed = [
        {"subject": code, "name": name, "passed": True, "severity": "error", "detail": ""}
        for code in DATASETS
        for name in ("keys are unique", "values lie within bounds")
    ]
    failed = [
        {
            "subject": code,
            "name": "rows kept",
            "passed": False,
            "severity": "error",
            "detail": "40 % of the last table",
        }
        for code in plan.held_back
    ]
    return passed + failed


def _targets() -> list[Row]:
    names = "target indicator title geo year value unit status clause link dated note".split()
    rows = (
        ("cloud_data_or_ai_2030", "cloud_data_or_ai", "Enterprises using cloud, data analytics or AI", EU, "2030", 75.0,
         "PC_ENT", "set", "Decision (EU) 2022/2481, Article 4(1)(3)(a)", "https://example.org/decision", "2022-12-14", ""),
        ("ict_2030", "ict_specialists_employed", "ICT specialists employed", EU, "2030", 20000.0,
         "THS_PER", "set", "Article 4(1)(1)(b)", "https://example.org/decision", "2022-12-14", ""),
        ("investment_to_be_proposed", "ai_investment", "Public and private AI investment", EU, "", None,
         "EUR_BN", "announced", "COM(2025) 723, section 4", "https://example.org/com", "2025-10-08", ""),
        ("investment_2030", "ai_investment", "Public and private AI investment a year", EU, "2030", 20.0,
         "EUR_BN", "political", "Coordinated Plan on AI", "https://example.org/plan", "2018-12-07", ""),
        ("investment_2020", "ai_investment", "AI investment in total", EU, "2020", 20.0,
         "EUR_BN", "historic", "Commission, April 2018", "https://example.org/2018", "2018-04-25", "2018 to 2020"),
    )  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in rows]


def _stated() -> list[Row]:
    investment = {"geo": EU, "period": "2019", "value": math.nan, "unit": "EUR_BN", "source_date": "2021"}
    rows: list[Row] = [
        {
            "series": "ai_investment",
            "low": 7.9,
            "high": 9.0,
            "source": "JRC, AI Watch: 2020 EU AI investments",
        },
        {"series": "ai_investment_increase", "low": 2.1, "high": 2.5, "source": "Another report"},
    ]
    own = {"link": "https://example.org/investments", "capture": "capture-curated_figures"}
    return [{**investment, **own, **row} for row in rows]


def _lose(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Let the register of targets be a view of a file that is gone, as when a vintage is deleted."""
    connection.execute(f"COPY curated.targets TO '{file}' (FORMAT parquet)")
    connection.execute("DROP TABLE curated.targets")
    connection.execute(f"CREATE VIEW curated.targets AS SELECT * FROM read_parquet('{file}')")
    file.unlink()


def _cases() -> list[Row]:
    return [
        {
            "case_id": str(number),
            "name": HOSTILE if number == 1 else f"Made-up case {number}",
            "description": HOSTILE
            if number == 1
            else f"A test case about {'tax' if number % 2 else 'health'}.",
            "website": "https://example.org/case",
            "country": "Germany",
            "geo": MEMBER_STATES[number % 27],
            "geo_group": "member_state",
            "nuts": "",
            "organisation": f"Ministry {number}",
            "level": "central",
            "cofog": "GF01",
            "cofog_detail": "",
            "status": "implemented" if number % 2 else "pilot",
            "technology": "artificial_intelligence",
            "technology_secondary": "",
            "subdomain": "",
            "interaction": "",
            "start_year": 2020 + number % 5,
            "end_year": None,
            "source": "",
            "updated": "2026-02-09",
        }
        for number in range(1, 61)
    ]


def _release(plan: Plan) -> Row:
    return {
        "id": plan.id,
        "created_at": KNOWN,
        "code_version": "0.1.0",
        "figures_digest": "f" * 64,
        "previous": None,
    }


def _write_figures(connection: duckdb.DuckDBPyConnection, rows: list[Row], plan: Plan) -> None:
    connection.execute("CREATE TABLE figures (" + ", ".join(f'"{n}" {t}' for n, t in FIGURES.items()) + ")")
    complete = [
        {
            **row,
            "vintage": KNOWN,
            "known_from": KNOWN,
            "known_to": None,
            "captures": [_capture_of(row, plan)],
            "origin": plan.origin,
        }
        for row in rows
    ]
    frame = pd.DataFrame(complete, columns=list(FIGURES))
    connection.register("rows", frame)
    casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in FIGURES.items())
    connection.execute(f"INSERT INTO figures SELECT {casts} FROM rows")
    connection.unregister("rows")


def _write_frame(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> None:
    if "." in name:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
    connection.register("rows", pd.DataFrame(rows))
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
    connection.unregister("rows")
