"""What the indicators on ICT specialists share: their caveats and the break of 2021.

A single indicator's own texts do not belong here.
"""

from indicators.model import Event
from indicators.words import N_

NOT_AI = N_("ICT specialists are not AI specialists: official statistics do not count the latter.")
ESTIMATED = N_("EU values are Eurostat's estimates, and so are those of several countries.")
OCCUPATIONS = N_(
    "Specialists are counted by occupation (ISCO-08), in all activities; an occupation says little about "
    "tools, so the use of AI at work does not show here."
)
CAVEATS = (NOT_AI, OCCUPATIONS, ESTIMATED)

NEW_LABOUR_FORCE_SURVEY = Event(
    period="2021",
    effect="stops",
    text=N_(
        "From 2021 the labour force survey rests on a new framework regulation: values before 2021 cannot be "
        "compared with later ones."
    ),
)
NEW_OCCUPATIONS = Event(
    period="2011",
    effect="stops",
    text=N_("From 2011 occupations follow ISCO-08: values before 2011 cannot be compared with later ones."),
)
EVENTS = (NEW_OCCUPATIONS, NEW_LABOUR_FORCE_SURVEY)
