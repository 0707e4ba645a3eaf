"""ICT specialists as a share of everybody in employment."""

from datetime import date

from indicators.catalogue.labour.survey import CAVEATS, EVENTS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ict_specialists",
    title=N_("ICT specialists in employment"),
    question=N_("What share of people in employment are ICT specialists?"),
    theme="labour",
    unit="PC_EMP",
    better="up",
    method=N_(
        "Employed ICT specialists in per cent of total employment, from the EU labour force survey. "
        "EU values are Eurostat's own aggregates."
    ),
    caveats=CAVEATS,
    formula=Slice("isoc_sks_itspt", {"freq": "A", "unit": "PC_EMP"}, unit="PC_EMP"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=5.0,
        source=N_("Eurostat, isoc_sks_itspt, per cent of total employment (estimate)"),
        vintage=date(2026, 1, 6),
    ),
)
