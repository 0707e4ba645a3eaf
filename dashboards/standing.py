"""What the page on data and checks tells of the observatory's own state: pins, looks, freshness, decisions, faults.

Which captures a release rests on, the page itself tells (views/data.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.exhibit import Listing, listed, plain
from dashboards.reader import Reader
from dashboards.verdicts import check_name, row_names, subject_name
from indicators.phrase import date_text, period_text
from indicators.words import N_, translate

STATES = {
    "received": N_("received"),
    "accepted": N_("accepted"),
    "held back": N_("held back"),
    "withdrawn": N_("withdrawn"),
}


def standing(reader: Reader) -> None:
    """Whether readers are held at an earlier release, since when and why; and the last look for new data."""
    lang, pin, look = reader.lang, data.pin(reader.release), data.look(reader.release)
    if pin:
        text = translate(
            "Readers are held at release {release} since {day}: {why}",
            lang,
            release=pin.release,
            day=day(pin.at, lang),
            why=pin.why,
        )
        st.warning(plain(text))
    if look:
        text = (
            translate("Sources were last asked for new data on {day}.", lang, day=day(look.at, lang))
            if look.asked
            else translate(
                "What is archived was last looked through on {day}; no source was asked.",
                lang,
                day=day(look.at, lang),
            )
        )
        st.markdown(plain(text))
        for problem in look.problems:
            st.warning(plain(problem))


def decisions(captures: pd.DataFrame, reader: Reader) -> None:
    """Captures that a person accepted or withdrew, with the reason; nothing where there is none."""
    lang, rows = reader.lang, captures[captures["decided_by"] != ""].to_dict("records")
    if not rows:
        return
    st.header(translate("Decided by a person", lang), anchor=False)
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): [row["view"] for row in rows],
                translate("Retrieved", lang): [day(row["retrieved_at"], lang) for row in rows],
                translate("Decision", lang): [
                    reader.say(STATES.get(row["state"], row["state"])) for row in rows
                ],
                translate("Why", lang): [row["why"] for row in rows],
                translate("Decided on", lang): [since(row, lang) for row in rows],
                translate("Decided by", lang): [row["decided_by"] for row in rows],
            }
        ),
        Listing("decided", translate("Decided by a person", lang)),
        reader,
    )


def expected(reader: Reader) -> None:
    """How fresh each table with a calendar is, and by when its next period should be here."""
    lang, fresh = reader.lang, data.freshness(reader.release)
    if fresh.empty:
        return
    today, rows = datetime.now(UTC).date(), fresh.to_dict("records")
    late = sum(pd.Timestamp(row["due"]).date() < today for row in rows)
    st.header(translate("How fresh the tables are", lang), anchor=False)
    st.markdown(
        translate(
            "Of {all} tables with a calendar, {late} are overdue: their publisher has usually released the next period by now.",
            lang,
            all=len(rows),
            late=late,
        )
    )
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): [row["view"] for row in rows],
                translate("Newest period", lang): [
                    period_text(row["newest"], lang) if row["newest"] else translate("no periods", lang)
                    for row in rows
                ],
                translate("Known from", lang): [day(row["known_from"], lang) for row in rows],
                translate("Next expected", lang): [_next(row, lang) for row in rows],
                translate("By", lang): [day(row["due"], lang) for row in rows],
                translate("State", lang): [
                    translate("overdue", lang)
                    if pd.Timestamp(row["due"]).date() < today
                    else translate("up to date", lang)
                    for row in rows
                ],
            }
        ),
        Listing("freshness", translate("How fresh the tables are", lang)),
        reader,
    )


def failures(failed: pd.DataFrame, reader: Reader) -> None:
    """The offending rows of each failed check that names any."""
    for number, row in enumerate(failed.to_dict("records")):
        if row["rows"] is not None and len(row["rows"]):
            title = translate(
                "Offending rows: {subject}, {check}",
                reader.lang,
                subject=subject_name(row["subject"], reader.lang),
                check=check_name(row["name"], reader.lang),
            )
            with st.expander(plain(title), key=f"offending-{number}"):
                if row["capture"]:
                    st.markdown(plain(str(row["capture"])))
                listed(
                    pd.DataFrame(
                        {
                            translate("Row", reader.lang): row_names(
                                row["name"], list(row["rows"]), reader.lang
                            )
                        }
                    ),
                    Listing(f"offending-{number}", title),
                    reader,
                )


def since(row: Mapping[Any, Any], lang: str) -> str:
    """The day of the verdict on a capture; of one from before verdicts were dated, the day of its retrieval."""
    judged = row["judged_at"]
    return day(row["retrieved_at"] if judged is None or pd.isna(judged) else judged, lang)


def day(moment: object, lang: str) -> str:
    """A day in the reader's spelling, or that there is none."""
    if moment is None or pd.isna(moment):  # type: ignore[call-overload]
        return translate("undated", lang)
    return date_text(pd.Timestamp(moment).date(), lang, short=True)  # type: ignore[arg-type]


def _next(row: Mapping[Any, Any], lang: str) -> str:
    return period_text(str(row["expected"]), lang) if row["newest"] else translate("a new edition", lang)
