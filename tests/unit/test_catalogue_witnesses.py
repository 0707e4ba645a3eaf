"""Witnesses that were added up or divided from published cells: the formula makes them of the same cells.

The rows carry the codes of public copies of the tables, so a formula that asks for other codes fails here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from indicators.compute import compute
from indicators.registry import indicators
from sources.model import Dataset
from sources.registry import sources
from sources.settings import Settings
from tests.toys import state

OCCUPATIONS = {
    "OC13": 75.1,
    "OC14": 34.3,
    "OC22": 194.1,
    "OC26": 143.0,
    "OC31": 224.8,
    "OC32": 78.6,
    "OC34": 98.6,
    "OC35": 38.1,
    "OC42": 68.1,
    "OC44": 31.6,
}
CELLS = {
    "enterprises_using_robots": {
        "isoc_eb_p3dn2": ["A,GE10,C10-S951_X_K,E_RBT,PC_ENT,EU27_2020,2022,6.26,,"],
    },
    "enterprises_using_ai_by_region": {
        "isoc_r_eb_ain2": ["A,GE10,C10-S951_X_K,E_AI_TANY,PC_ENT,AT13,2025,37.36,,"],
    },
    "employment_by_ai_exposure": {
        "lfsa_egai2d": [
            f"A,{code},Y15-74,T,THS_PER,AT,2024,{value},," for code, value in OCCUPATIONS.items()
        ],
    },
    "software_investment_share": {
        "nama_10_a64_p5": [
            "A,CP_MEUR,TOTAL,N1173G,P51G,DE,2020,26417.0,,",
            "A,CP_MEUR,TOTAL,N11G,P51G,DE,2020,736476.0,,",
            "A,CP_MEUR,J,N1173G,P51G,DE,2020,1.0,,",
        ],
    },
    "venture_capital_ai_per_gdp": {
        "oecd_ai_vc": ["USD_M,DE,2024,4473,,"],
        "ert_bil_eur_a": ["A,AVG,NAC,USD,EA,2024,1.0824,,"],
        "nama_10_gdp": ["A,CP_MEUR,B1GQ,DE,2024,4328970.0,,"],
    },
    "vacancies_information_communication": {
        "jvs_q_nace2": ["Q,NSA,B-S,TOTAL,JVR,EU27_2020,2024-Q4,2.3,,"],
    },
    "vacancies_it_telecommunications": {
        "jvs_q_r21": ["Q,NSA,B-T,TOTAL,JVR,EU27_2020,2026-Q1,2.1,,"],
    },
}


def dataset_of(name: str) -> Dataset:
    every = (dataset for source in sources(Settings(offline=True)) for dataset in source.datasets)
    return next(dataset for dataset in every if dataset.id == name)


@pytest.mark.parametrize(("indicator", "cells"), CELLS.items())
def test_the_formula_makes_its_witness_of_the_cells_that_it_was_made_of(
    indicator: str, cells: Mapping[str, list[str]], tmp_path: Path
) -> None:
    held = {name: state(tmp_path, rows, dataset_of(name), name=name) for name, rows in cells.items()}
    found = pd.read_parquet(compute(tmp_path, indicators()[indicator], held))
    witness = indicators()[indicator].witness
    assert witness is not None
    where = found[["geo", "period", "member"]].eq([witness.geo, witness.period, witness.member]).all(axis=1)
    stated = found[where & (found["breakdown"].eq("") | (witness.member != ""))]
    assert [round(value, witness.decimals) for value in stated["value"]] == [witness.value]
