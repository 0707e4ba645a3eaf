"""How employment moved since 2011 in occupations grouped by their exposure to AI, as a study states it."""

from datetime import date

from indicators.catalogue.labour.survey import NEW_LABOUR_FORCE_SURVEY
from indicators.formula import Named, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

SERIES = Slice(
    "curated_figures",
    {},
    unit="INDEX_2011",
    by="series",
    members=tuple(f"ai_exposure_q{number}" for number in (4, 3, 2, 1)),
    name="ai_exposure",
)


INDICATOR = Indicator(
    id="employment_index_by_ai_exposure",
    title=N_("Employment since 2011 by exposure of occupations to AI"),
    question=N_("How has employment moved since 2011 in occupations that are more, and less, exposed to AI?"),
    theme="labour",
    unit="INDEX_2011",
    better="neither",
    method=N_(
        "Number of people employed, 2011 = 100, in the quartiles of occupations (ISCO-08, two digits)"
        " from the most to the least exposed to AI, as Villegas-Ch and others (2026, submitted) "
        "computed it from Eurostat’s table lfsa_egai2d with the AI Occupational Exposure index of "
        "Felten, Raj and Seamans (2021). Stated by its source, not computed here."
    ),
    caveats=(
        N_(
            "Exposure says that tasks of an occupation resemble what AI can do. It says nothing of "
            "jobs lost or made, and occupations differ in many other ways: education, digitalisation,"
            " demand."
        ),
        N_(
            "The grouping is that of one published ranking; others, such as that of the International"
            " Labour Organization for generative AI, group some occupations differently."
        ),
        N_(
            "The index adds up all countries in the table, some outside the EU among them: it is no "
            "value for the EU. Its quartiles are those of the study and need not be our four groups."
        ),
        N_(
            "From 2021 the labour force survey rests on a new framework regulation; the source joins "
            "the years before and after without correction. The spread between the groups had begun "
            "before generative AI."
        ),
    ),
    formula=Named(SERIES, {f"ai_exposure_q{number}": f"q{number}" for number in (4, 3, 2, 1)}),
    bounds=(0, None),
    coverage=Coverage(member_states=0, since="2011"),
    events=(NEW_LABOUR_FORCE_SURVEY,),
    witness=Witness(
        geo="ALL",
        period="2025",
        member="q4",
        value=134.2,
        decimals=1,
        source=N_("Villegas-Ch and others (2026), replication package, trayectoria_por_cuartil.csv"),
        vintage=date(2026, 9, 29),
    ),
)
