"""The figures known now as SDMX-CSV 2.0: one row an observation, its state and flags as codes of CL_OBS_STATUS."""

from __future__ import annotations

from pathlib import Path

from indicators.exports.tables import Table, write
from sources.formats.sql import literal
from warehouse.read import OpenRelease, known

FLOW = "AIOBS:FIGURES(1.0)"
WHOLE = "_T"
"""The code of a total, as SDMX has it."""
STATES = {"not publishable": "Q", "not measured": "O", "not comparable": "O", "not loaded": "O"}
"""Why there is no value -> suppressed, or missing."""
FLAGS = {"b": "B", "d": "D", "f": "F", "e": "E", "i": "I", "u": "U", "p": "P", "n": "N", "m": "M"}
"""Eurostat's flags -> codes, the weightiest first: an observation has one state, FLAGS keeps all."""
COLUMNS = (
    "STRUCTURE STRUCTURE_ID ACTION INDICATOR REF_AREA BREAKDOWN MEMBER TIME_PERIOD OBS_VALUE UNIT_MEASURE "
    "OBS_STATUS FLAGS LOWER_BOUND UPPER_BOUND VINTAGE CHANGE_NOTE"
).split()


def table() -> Table:
    """The one table of this export."""
    numbers = ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND")
    kinds = tuple((name, "DOUBLE" if name in numbers else "VARCHAR") for name in COLUMNS)
    return Table("main", "figures.sdmx", "The figures known now, as SDMX-CSV 2.0.", kinds)


def as_sdmx(release: OpenRelease, path: Path) -> None:
    """Every figure known now, ordered by its dimensions."""
    missing = " ".join(f"WHEN {literal(state)} THEN {literal(code)}" for state, code in STATES.items())
    flagged = " ".join(
        f"WHEN contains(flags, {literal(flag)}) THEN {literal(code)}" for flag, code in FLAGS.items()
    )
    select = (
        f"SELECT 'dataflow' AS STRUCTURE, {literal(FLOW)} AS STRUCTURE_ID, 'I' AS ACTION, "
        f"indicator AS INDICATOR, geo AS REF_AREA, coalesce(nullif(breakdown, ''), '{WHOLE}') AS BREAKDOWN, "
        f"coalesce(nullif(member, ''), '{WHOLE}') AS MEMBER, period AS TIME_PERIOD, value AS OBS_VALUE, "
        "unit AS UNIT_MEASURE, CASE WHEN value IS NULL AND low IS NULL THEN "
        f"CASE status {missing} ELSE 'O' END ELSE CASE {flagged} ELSE 'A' END END AS OBS_STATUS, "
        "flags AS FLAGS, low AS LOWER_BOUND, high AS UPPER_BOUND, strftime(vintage, '%Y-%m-%d') AS VINTAGE, "
        f"change_note AS CHANGE_NOTE FROM figures WHERE {known()} ORDER BY 4, 6, 7, 5, 8"
    )
    write(release, select, path, "FORMAT csv, HEADER")
