"""Eurostat's tables that we take, one line each: code, title, how often it changes, dimensions, expectations.

Asking for a table does not belong here (eurostat.py), nor does reading one (formats).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sources.model import Bounds, Dataset, Expected

SHARE: Bounds = (0, 100)
COUNT: Bounds = (0, None)
BASES = "IUSE AI_TANY AI_TX AI_EC AI_PDI CC CUSE IACC DAOWN ITSPRCR2 P3D RBT RBTS".split()
ENTERPRISES = {"PC_ENT": SHARE} | {f"PC_ENT_{base}": SHARE for base in BASES}
INDIVIDUALS = dict.fromkeys(("PC_IND", "PC_IND_IU3", "PC_IND_IUAI", "PC_IND_IUAIX"), SHARE)


CLASSES = ("10-49", "50-249", "GE250")
TOTALS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "size_emp": {"GE10": CLASSES, "10-249": CLASSES[:2], "0-9": ("0_1", "2-9")},
    "sex": {"T": ("F", "M")},
}
"""Which codes make up a total, where a table has them all."""


def _expected(
    freq: str, units: Mapping[str, Bounds], member_states: int, lag: int | None, **codes: list[str]
) -> Expected:
    return Expected(
        units=units, codes={"freq": [freq], **codes}, member_states=member_states, totals=TOTALS, lag=lag
    )


# The last number is by how many months after its end a period has been published in the past, rounded up:
# told by the dates of new periods in Eurostat's table of contents of July 2025.
SURVEY = _expected("A", ENTERPRISES, 25, 2)
OCCASIONAL = _expected("A", ENTERPRISES, 20, None)
REGIONS = _expected("A", ENTERPRISES, 0, 2)
PEOPLE = _expected("A", INDIVIDUALS, 20, 2)
SPECIALISTS = _expected("A", {"PC": SHARE, "PC_EMP": SHARE, "THS_PER": COUNT}, 25, 6)
BY_SEX = replace(SPECIALISTS, codes={"freq": ["A"], "sex": ["F", "M"]})
JOBLESS = _expected(
    "M",
    {"PC_ACT": SHARE, "PC_POP": SHARE, "THS_PER": COUNT},
    25,
    2,
    sex=["F", "M", "T"],
    s_adj=["NSA", "SA", "TC"],
)
WORKERS = _expected("A", {"PC": SHARE, "PC_POP": SHARE, "PC_EMP": SHARE, "THS_PER": COUNT}, 20, 6)
VACANCIES = _expected("Q", {}, 20, 4)
ADVERTS = _expected("Q", {"PC": SHARE}, 0, 7)
ACCOUNTS = _expected("A", {}, 20, 6)
SLOW = _expected("A", {}, 20, 18)
SLOWEST = _expected("A", {}, 20, 30)
ANYWHERE = _expected("A", {}, 0, None)
RATES = _expected("A", {}, 0, 2)

SIZED = "freq size_emp nace_r2 indic_is unit"
PERSONS = "freq ind_type indic_is unit"

LICENCE = "European Commission reuse policy, Decision 2011/833/EU"
BROWSER = "https://ec.europa.eu/eurostat/databrowser/product/view"


def _table(code: str, title: str, cadence: str, dimensions: str, expected: Expected) -> Dataset:
    return Dataset(
        id=code,
        source="eurostat",
        code=code,
        title=title,
        publisher="Eurostat",
        landing_page=f"{BROWSER}/{code}",
        licence=LICENCE,
        cadence=cadence,
        kind="european statistics",
        dimensions=tuple(dimensions.split()),
        expected=expected,
    )


def _experimental(table: Dataset) -> Dataset:
    return replace(table, kind="experimental statistics")


def _placed(table: Dataset, place: str) -> Dataset:
    """A table without the dimension geo: all its rows speak of one place."""
    return replace(table, place=place)


# fmt: off
TABLES = (
    # enterprises
    _table("isoc_eb_ai", "Artificial intelligence by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_eb_ain2", "Artificial intelligence by NACE Rev. 2 activity", "yearly", SIZED, SURVEY),
    _table("isoc_r_eb_ain2", "Artificial intelligence by NACE Rev. 2 activity and NUTS 2 region", "yearly", SIZED, REGIONS),
    _table("isoc_cicce_use", "Cloud computing services by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_cicce_usen2", "Cloud computing services by NACE Rev. 2 activity", "yearly", SIZED, SURVEY),
    _table("isoc_eb_das", "Data analytics by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_eb_dan2", "Data analytics by NACE Rev. 2 activity", "yearly", SIZED, SURVEY),
    _table("isoc_e_dii", "Digital intensity by size class of enterprise", "yearly", SIZED, SURVEY),
    # people
    _table("isoc_ai_iaiu", "Individuals - use of generative AI tools", "yearly", PERSONS, PEOPLE),
    _table("isoc_ai_iaiuxr", "Individuals - reasons for not using generative AI tools", "yearly", PERSONS, PEOPLE),
    _table("isoc_sk_dskl_i21", "Individuals' level of digital skills (from 2021 onwards)", "every two years", PERSONS, PEOPLE),
    # labour
    _table("isoc_sks_itspt", "Employed ICT specialists", "yearly", "freq unit", SPECIALISTS),
    _table("isoc_sks_itsps", "Employed ICT specialists by sex", "yearly", "freq unit sex", BY_SEX),
    _table("isoc_sks_itspa", "Employed ICT specialists by age", "yearly", "freq unit age", SPECIALISTS),
    _table("isoc_sks_itspe", "Employed ICT specialists by educational attainment level", "yearly", "freq unit isced11", SPECIALISTS),
    _table("isoc_ske_itspe", "Enterprises that employ ICT specialists by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_ske_itrcrs", "Enterprises that recruited or tried to recruit ICT specialists by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_ske_itts", "Enterprises that provided training to develop/upgrade ICT skills of their personnel by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("une_rt_m", "Unemployment by sex and age", "monthly", "freq s_adj age unit sex", JOBLESS),
    _table("lfsi_emp_a", "Employment and activity by sex and age", "yearly", "freq indic_em sex age unit", WORKERS),
    _table("lfsa_egai2d", "Employed persons by detailed occupation (ISCO-08 two digit level)", "yearly", "freq isco08 age sex unit", WORKERS),
    _table("lfsa_eisn2", "Employed persons by occupation and economic activity (NACE Rev. 2)", "yearly", "freq age sex nace_r2 isco08 unit", WORKERS),
    _table("htec_emp_nat2", "Employed persons in technology and knowledge-intensive sectors by NACE Rev. 2 activity", "yearly", "freq sex nace_r2 unit", WORKERS),
    _table("jvs_q_nace2", "Job vacancies by NACE Rev. 2 activity (2001-2025)", "quarterly until 2025", "freq s_adj nace_r2 sizeclas indic_em", VACANCIES),
    _table("jvs_q_r21", "Job vacancies by NACE Rev. 2.1 activity (from 2001 onwards)", "quarterly", "freq s_adj nace_r2_1 sizeclas indic_em", VACANCIES),
    _table("trng_lfse_01", "Participation rate in education and training (last 4 weeks) by sex and age", "yearly", "freq unit sex age", WORKERS),
    _table("nama_10_lp_ulc", "Labour productivity and unit labour costs", "yearly", "freq unit na_item", ACCOUNTS),
    _experimental(_table("isoc_sk_oja1", "Labour market demand for ICT specialists in online job advertisements, by NUTS 2 region", "quarterly", "freq unit", ADVERTS)),
    # investment
    _table("gba_nabsfin07", "GBARD by socioeconomic objectives (NABS 2007)", "yearly", "freq nabs07 unit", ACCOUNTS),
    _table("rd_e_berdindr2", "BERD by NACE Rev. 2 activity", "yearly", "freq nace_r2 unit", SLOW),
    _table("nama_10_a64_p5", "Capital formation by industry (NACE Rev. 2) and detailed asset type", "yearly", "freq unit nace_r2 asset10 na_item", ACCOUNTS),
    # context
    _table("demo_gind", "Population change - Demographic balance and crude rates at national level", "yearly", "freq indic_de", ACCOUNTS),
    _table("nama_10_gdp", "Gross domestic product (GDP) and main components (output, expenditure and income)", "yearly", "freq unit na_item", ACCOUNTS),
    _placed(_table("ert_bil_eur_a", "Euro/ECU exchange rates - annual data", "yearly", "freq statinfo unit currency", RATES), "EA"),
    _table("sbs_sc_ovw", "Enterprise statistics by size class and NACE Rev. 2 activity (from 2021 onwards)", "yearly", "freq nace_r2 size_emp indic_sbs", SLOW),
    _table("tin00074", "Percentage of the ICT sector in gross value added", "yearly", "freq nace_r2", SLOWEST),
    _table("isoc_env_ict_nrg", "Data centres' electricity consumption", "yearly", "freq nace_r2 siec unit", ANYWHERE),
    # machines
    _table("isoc_eb_p3dn2", "3D printing and robotics by NACE Rev. 2 activity", "every two years until 2022", SIZED, OCCASIONAL),
    _table("ef_mp_digi", "Internet facilities, robotics, precision farming and machinery for livestock management in farms", "every three years", "freq statinfo agr_inp so_eur farmtype unit", ANYWHERE),
    _table("ef_mp_digicr", "Precision farming by age and training of manager, size of farm and NUTS 2 region", "every three years", "freq statinfo agr_inp age training uaarea unit", ANYWHERE),
)
# fmt: on

UNSEEN_NAMES = ("ef_mp_digi", "ef_mp_digicr")
"""Tables of which only the number and some of the dimensions were found in public: the first capture tells.

Until then a capture with other dimensions is held back, and says which ones it has.
"""

UNSEEN_ORDER = tuple(
    "isoc_r_eb_ain2 isoc_cicce_usen2 isoc_eb_dan2 isoc_ai_iaiuxr isoc_ske_itspe isoc_ske_itrcrs isoc_ske_itts "
    "jvs_q_nace2 jvs_q_r21 trng_lfse_01 nama_10_lp_ulc gba_nabsfin07 rd_e_berdindr2 sbs_sc_ovw isoc_env_ict_nrg "
    "isoc_eb_p3dn2".split()
)
"""Tables whose dimensions are known, but not in which order Eurostat writes them: it is taken from their kin.

Files are read by name, so no value depends on it.
"""
