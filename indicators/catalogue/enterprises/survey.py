"""What the indicators from Eurostat's enterprise survey share: codes, caveats, comparability events."""

from indicators.formula import Slice
from indicators.model import Event
from indicators.words import N_

ALL_ACTIVITIES = "C10-S951_X_K"
"""All activities surveyed: C10 to S95.1 without the financial sector (NACE Rev. 2)."""

CAVEATS = (
    N_("The year is that of the survey; enterprises answer about its first quarter. There was no survey in 2022."),
    N_("Enterprises with fewer than 10 persons employed, agriculture, finance, health and education are outside the survey."),
    N_("No sampling errors are published: small differences between countries say nothing about their order."),
)

WIDER_DEFINITION = Event(
    period="2025",
    effect="notes",
    text=N_(
        "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU values. "
        "On the old definition 2025 lies between 12.95 % and 19.95 %."
    ),
)


def ai_by_size(*sizes: str, indicator: str = "E_AI_TANY") -> Slice:
    """The share of enterprises with an AI code, of one size class, or by several."""
    codes = {"freq": "A", "nace_r2": ALL_ACTIVITIES, "indic_is": indicator, "unit": "PC_ENT"}
    if len(sizes) == 1:
        return Slice("isoc_eb_ai", {**codes, "size_emp": sizes[0]}, unit="PC_ENT")
    return Slice("isoc_eb_ai", codes, unit="PC_ENT", by="size_emp", members=sizes)
