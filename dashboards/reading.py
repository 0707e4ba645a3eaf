"""What pages and briefs ask of a release alike; each function takes how to ask, so that pages can keep the answers.

Nothing here knows Streamlit; what a page or a brief says of the answers does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from indicators.model import Target
from indicators.targets import targets as ordered_targets
from sources.model import Capture
from warehouse.read import OpenRelease, known
from warehouse.vintages import end_of, layers

Ask = Callable[..., pd.DataFrame]
"""Takes a release, a query and its parameters."""


def asked(opened: OpenRelease, sql: str, *parameters: object) -> pd.DataFrame:
    """The rows of a query, texts without nulls."""
    frame = opened.query(sql, parameters)
    texts = frame.select_dtypes(include=["object", "string"])
    return frame.assign(**{str(name): _once(texts[name].fillna("")) for name in texts})


def _once(texts: pd.Series[str]) -> pd.Series[str]:
    """The same texts, each held once: rows are taken out of such a column ten times as fast."""
    return texts.astype("category").astype(object) if isinstance(texts.dtype, pd.StringDtype) else texts


def figures(
    opened: OpenRelease, indicator: str, on: date | None = None, ask: Ask = asked, *, parts: bool = True
) -> pd.DataFrame:
    """All figures of an indicator as known now or on a day, by breakdown, member, geo and period; captures as one text.

    Several indicators may be named, parted by blanks; without ``parts`` only the wholes are given. What a figure of an earlier day rests on is what was known
    then of the tables that it rests on.
    """
    rows = ask(
        opened,
        "SELECT * EXCLUDE (captures, known_to), array_to_string(captures, ' ') AS captures FROM figures "
        f"WHERE list_contains(string_split(?, ' '), indicator) AND {known(on)} "
        "AND (? OR breakdown = '') ORDER BY indicator, breakdown, member, geo, period",
        indicator,
        parts,
    )
    return _resting_then(opened, rows, on) if on else rows


def _resting_then(opened: OpenRelease, rows: pd.DataFrame, on: date) -> pd.DataFrame:
    """The figures with the captures that counted on a day, in place of those that confirmed them later."""
    owner = {capture.id: capture.dataset for capture in opened.captures}
    then: dict[str, tuple[str, object, str]] = {}
    for captures in rows["captures"].unique():
        own = {owner[name] for name in captures.split() if name in owner}
        found = [one for dataset in sorted(own) for one in layers_on(opened, dataset, on)]
        newest = max((one.known_from for one in found if one.known_from), default=pd.NaT)
        then[captures] = (" ".join(one.id for one in found), newest, found[0].origin if found else "")
    return rows.assign(
        captures=[then[captures][0] for captures in rows["captures"]],
        vintage=pd.to_datetime(pd.Series([then[name][1] for name in rows["captures"]], rows.index), utc=True),
        origin=[then[captures][2] for captures in rows["captures"]],
    )


def layers_on(opened: OpenRelease, dataset: str, on: date) -> list[Capture]:
    """The captures that made a table's state on a day, the newest first."""
    return layers((one for one in opened.captures if one.dataset == dataset), end_of(on))


def targets(opened: OpenRelease, ask: Ask = asked) -> tuple[Target, ...]:
    """The register of targets, by status and year; empty where it is not loaded."""
    if not opened.has("curated.targets"):
        return ()
    return ordered_targets(ask(opened, "SELECT * FROM curated.targets").to_dict("records"))  # type: ignore[arg-type]


def names(opened: OpenRelease, dimension: str, lang: str, ask: Ask = asked) -> dict[str, str]:
    """The names of a dimension's codes in a language, by code, official ones where we have no short one.

    In English where there is none: Eurostat names its codes in English, French and German only.
    """
    found = ask(
        opened,
        "SELECT code, label FROM labels WHERE dimension = ? AND lang IN ('en', ?) ORDER BY lang = ?",
        dimension,
        lang,
        lang,
    )
    return dict(zip(found["code"], found["label"], strict=True))  # the later one counts
