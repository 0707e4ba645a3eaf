"""Data and checks: which captures the release rests on, what is held back and why, and how the checks went."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.standing import STATES, day, decisions, expected, failures, since, standing
from dashboards.text import csv_text
from dashboards.verdicts import change_text, check_name, finding, subject_name
from indicators.labels import label
from indicators.phrase import number_text
from indicators.words import N_, translate, worded

ORIGINS = {"live": N_("live"), "imported": N_("imported file"), "baseline": N_("baseline")}
SCOPES = {"full": N_("whole table"), "partial": N_("part of the table")}

REMARKS = ("spellings", "repeated")
"""Checks that say what is odd about a table, and not that anything went wrong."""


def page(reader: Reader) -> None:
    """Draw the page."""
    captures, checks = data.captures(reader.release), data.checks(reader.release)
    lang, used, held = reader.lang, captures[captures["used"]], captures[captures["state"] == "held back"]
    failed = checks[~checks["passed"].astype(bool)]
    opening(
        translate("What do these figures rest on?", lang),
        [
            translate(
                "Release {release} uses {used} captures. Held back: {held}. Checks passed: {passed} of {all}.",
                lang,
                release=reader.release.id,
                used=len(used),
                held=len(held),
                passed=len(checks) - len(failed),
                all=len(checks),
            )
        ],
    )
    st.markdown(
        translate(
            "A capture is one retrieval of one table: the bytes, and where, when and how they came.", lang
        )
    )
    standing(reader)
    _held_back(held, reader)
    decisions(captures, reader)
    expected(reader)
    _used(used, reader)
    _structure(data.structure_changes(reader.release).drop_duplicates(), reader)
    _remarks(failed[failed["name"].isin(REMARKS)], reader)
    _checks(checks, failed[~failed["name"].isin([data.STRUCTURE, *REMARKS])], reader)


def _held_back(held: pd.DataFrame, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("What is held back, and why", lang), anchor=False)
    if held.empty:
        st.markdown(translate("Nothing is held back.", lang))
        return
    rows = held.to_dict("records")
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): [row["view"] for row in rows],
                translate("Why", lang): [
                    finding(row["why"], lang) or translate("no reason given", lang) for row in rows
                ],
                translate("Retrieved", lang): [day(row["retrieved_at"], lang) for row in rows],
                translate("Held back since", lang): [since(row, lang) for row in rows],
                translate("Origin", lang): [
                    reader.say(ORIGINS.get(row["origin"], row["origin"])) for row in rows
                ],
            }
        ),
        Listing("held-back", translate("What is held back, and why", lang)),
        reader,
    )


def _used(used: pd.DataFrame, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("Captures that the figures rest on", lang), anchor=False)
    rows = used.to_dict("records")
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): [row["view"] for row in rows],
                translate("Publisher", lang): [label("publisher", row["publisher"], lang) for row in rows],
                translate("Kind of data", lang): [label("kind", row["kind"], lang) for row in rows],
                translate("Scope", lang): [
                    reader.say(SCOPES.get(row["scope"], row["scope"])) for row in rows
                ],
                translate("Origin", lang): [
                    reader.say(ORIGINS.get(row["origin"], row["origin"])) for row in rows
                ],
                translate("Known from", lang): [day(row["known_from"], lang) for row in rows],
                translate("Retrieved", lang): [day(row["retrieved_at"], lang) for row in rows],
                translate("Checksum (SHA-256)", lang): [row["sha256"][:12] for row in rows],
                translate("Size, kB", lang): [
                    number_text(math.ceil(row["size"] / 1000), lang, 0) for row in rows
                ],
            }
        ),
        Listing("captures-used", translate("Captures that the figures rest on", lang)),
        reader,
    )
    _all_captures(reader)


def _all_captures(reader: Reader) -> None:
    captures = data.captures(reader.release)
    states = captures["state"].value_counts().to_dict()
    counts = ", ".join(
        worded(reader.say(STATES.get(str(state), str(state))), str(count), reader.lang)
        for state, count in states.items()
    )
    st.markdown(plain(translate("All captures known: {counts}.", reader.lang, counts=counts)))
    st.download_button(
        translate("Download all captures as CSV", reader.lang),
        partial(csv_text, captures),
        file_name="captures.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _structure(changes: pd.DataFrame, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("Structure changes", lang), anchor=False)
    if changes.empty:
        st.markdown(translate("No table changed its codes or dimensions.", lang))
        return
    st.markdown(
        translate("A publisher added or removed codes, or moved dimensions. The table was still read.", lang)
    )
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): changes["subject"],
                translate("Since", lang): [day(moment, lang) for moment in changes["day"]],
                translate("What changed", lang): [change_text(change, lang) for change in changes["change"]],
            }
        ),
        Listing("structure", translate("Structure changes", lang)),
        reader,
    )


def _remarks(remarks: pd.DataFrame, reader: Reader) -> None:
    lang = reader.lang
    if remarks.empty:
        return
    st.header(translate("Unknown spellings and repeated records", lang), anchor=False)
    st.markdown(
        translate("Nothing is left out: these rows stay in the tables and count in their totals.", lang)
    )
    listed(
        pd.DataFrame(
            {
                translate("Table", lang): remarks["subject"],
                translate("What was found", lang): [finding(detail, lang) for detail in remarks["detail"]],
            }
        ),
        Listing("remarks", translate("Unknown spellings and repeated records", lang)),
        reader,
    )


def _checks(checks: pd.DataFrame, failed: pd.DataFrame, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("Checks", lang), anchor=False)
    if failed.empty:
        st.markdown(translate("All checks passed.", lang))
    else:
        st.markdown(translate("These checks failed:", lang))
        title = translate("These checks failed:", lang).rstrip(" :\u00a0\u202f")
        listed(_check_table(failed, lang), Listing("checks-failed", title), reader)
        failures(failed, reader)
    with st.expander(translate("All checks", lang), key="all-checks"):
        listed(_check_table(checks, lang), Listing("checks", translate("All checks", lang)), reader)


def _check_table(checks: pd.DataFrame, lang: str) -> pd.DataFrame:
    results = {True: translate("passed", lang), False: translate("failed", lang)}
    return pd.DataFrame(
        {
            translate("Subject", lang): [subject_name(subject, lang) for subject in checks["subject"]],
            translate("Detail", lang): [finding(detail, lang) for detail in checks["detail"]],
            translate("Check", lang): [check_name(name, lang) for name in checks["name"]],
            translate("Result", lang): [results[bool(passed)] for passed in checks["passed"]],
            translate("Severity", lang): [
                translate("error", lang) if severity == "error" else translate("warning", lang)
                for severity in checks["severity"]
            ],
        }
    )


page(reader())
