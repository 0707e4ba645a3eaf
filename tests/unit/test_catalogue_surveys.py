"""The themes enterprises and people on real tables: what Eurostat published comes out, base by base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators.compute import compute
from indicators.registry import indicators
from sources.model import Capture, Dataset
from sources.registry import source_of, sources
from sources.settings import Settings
from tests.toys import state as toy_state
from warehouse.vintages import Layer, State

SETTINGS = Settings(offline=True)
FILES = {
    "isoc_eb_ai": "isoc_eb_ai_2025.json",
    "isoc_eb_ain2": "isoc_eb_ain2_2025.json.gz",
    "isoc_cicce_use": "isoc_cicce_use_2025.json",
    "isoc_eb_das": "isoc_eb_das_2025.json",
    "isoc_e_dii": "isoc_e_dii_2025.json",
}
UPDATED = datetime(2026, 2, 27, 11, tzinfo=UTC)

EU_2025 = [
    ("enterprises_using_ai_by_activity", "C", 17.27),
    ("enterprises_using_ai_by_activity", "D", 33.57),
    ("enterprises_using_ai_by_activity", "F", 10.79),
    ("enterprises_using_ai_by_activity", "J", 62.52),
    ("enterprises_using_ai_by_activity", "M", 40.43),
    ("ai_purposes", "E_AI_PMS", 34.70),
    ("ai_purposes", "E_AI_PBAM", 31.04),
    ("ai_purposes", "E_AI_PPP", 20.76),
    ("ai_purposes", "E_AI_PLOG", 6.08),
    ("ai_purposes", "E_AI_P1ANY", 73.39),
    ("enterprises_using_ai_by_purpose", "E_AI_PPP", 4.14),
    ("number_of_ai_technologies", "E_AI_TX", 79.09),
    ("generative_ai_in_enterprises", "E_AI_TNLG", 8.76),
    ("ai_barriers", "E_AI_BLE", 70.31),
    ("enterprises_held_back_from_ai", "E_AI_BLE", 7.76),
    ("enterprises_considering_ai", "", 11.10),
    ("enterprises_using_advanced_cloud", "", 46.69),
    ("enterprises_using_cloud", "", 52.74),
    ("enterprises_using_data_analytics", "", 39.85),
    ("cloud_data_or_ai", "", 63.20),
    ("ai_with_cloud_and_data", "", 11.06),
    ("ai_by_digital_intensity", "E_DI3_VLO", 0.93),
    ("ai_by_digital_intensity", "E_DI3_VHI", 76.72),
    ("distance_to_best_in_ai", "", -22.08),
    ("ai_spread", "", 36.82),
]


def dataset_of(name: str) -> Dataset:
    return next(d for source in sources(SETTINGS) for d in source.datasets if d.id == name)


def read(folder: Path, dataset: Dataset, file: Path) -> State:
    """The state that one collected file makes, read as its source reads it."""
    table = folder / f"{dataset.id}.parquet"
    with duckdb.connect() as connection:
        source_of(dataset, SETTINGS).parse(dataset, file, connection).write_parquet(str(table))
    mark = sha256(file.read_bytes()).hexdigest()
    capture = Capture(
        dataset.id, dataset.id, "", UPDATED, UPDATED, None, mark, 1, "", "partial", "imported", "accepted"
    )
    return State(dataset, (Layer(capture, table),))


@pytest.fixture(scope="module")
def states(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, State]:
    folder = tmp_path_factory.mktemp("tables")
    return {
        name: read(folder, dataset_of(name), shared_data / "eurostat" / file) for name, file in FILES.items()
    }


def figures(home: Path, indicator: str, states: Mapping[str, State]) -> pd.DataFrame:
    return pd.read_parquet(compute(home, indicators()[indicator], states))


@pytest.mark.parametrize(("indicator", "member", "published"), EU_2025)
def test_what_was_published_for_the_eu_in_2025_comes_out(
    indicator: str, member: str, published: float, states: Mapping[str, State], tmp_path: Path
) -> None:
    found = figures(tmp_path, indicator, states)
    found = found[(found["geo"] == "EU27_2020") & (found["period"] == "2025") & (found["member"] == member)]
    assert {round(value, 2) for value in found["value"]} == {published}


def test_who_uses_ai_at_each_level_adds_up_to_all_who_use_it(
    states: Mapping[str, State], tmp_path: Path
) -> None:
    rates = figures(tmp_path, "ai_by_digital_intensity", states)
    levels = figures(tmp_path, "digital_intensity_levels", states)
    both = rates.merge(levels, on=["geo", "period", "member"], suffixes=("", "_level"))
    eu = both[both["geo"] == "EU27_2020"]
    assert len(eu) == 4
    assert round((eu["value"] * eu["value_level"] / 100).sum(), 2) == 19.95


def test_the_number_of_enterprises_needs_every_section_and_the_same_year(tmp_path: Path) -> None:
    counts = dataset_of("sbs_sc_ovw")
    sections, sizes = "CEFGHIJLMN", ("10-19", "20-49", "50-249", "GE250")
    rows = [
        f"A,{section},{size},ENT_NR,{geo},{year},100,,"
        for section in sections
        for size in sizes
        for geo, year in (("AT", "2023"), ("BE", "2023"), ("AT", "2022"))
        if (geo, section, size) != ("BE", "E", "GE250")
    ]
    rows.append("A,E,GE250,ENT_NR,BE,2023,,,C")
    shares = [
        f"A,GE10,C10-S951_X_K,E_AI_TANY,PC_ENT,{geo},{year},10,e,"
        for geo, year in (("AT", "2023"), ("BE", "2023"), ("AT", "2025"))
    ]
    held = {
        "sbs_sc_ovw": toy_state(tmp_path, rows, counts, scope="partial", name="sbs"),
        "isoc_eb_ai": toy_state(tmp_path, shares, dataset_of("isoc_eb_ai"), scope="partial", name="ai"),
    }
    found = figures(tmp_path, "number_of_enterprises_using_ai", held).sort_values("geo")
    stated = found[["geo", "period", "status", "flags", "unit"]].values.tolist()
    assert stated == [
        ["AT", "2023", "measured", "e", "ENT"],
        ["BE", "2023", "not publishable", "e", "ENT"],
    ], "a year that one of the two lacks has no number"
    assert found["value"].iloc[0] == 400


def test_places_of_the_regional_indicator_are_regions_alone(tmp_path: Path) -> None:
    rows = [
        f"A,GE10,C10-S951_X_K,E_AI_TANY,PC_ENT,{geo},2025,{value},,"
        for geo, value in (("AT", 30), ("AT1", 31), ("AT11", 25), ("DK01", 48), ("EU27_2020", 20))
    ]
    held = toy_state(tmp_path, rows, dataset_of("isoc_r_eb_ain2"))
    found = figures(tmp_path, "enterprises_using_ai_by_region", {"isoc_r_eb_ain2": held})
    assert dict(zip(found["geo"], found["value"], strict=True)) == {"AT11": 25, "DK01": 48}


def test_people_are_told_apart_by_group_and_by_base(tmp_path: Path) -> None:
    rows = [
        "A,IND_TOTAL,I_IUAI,PC_IND,EU27_2020,2025,32.66,,",
        "A,F_Y16_74,I_IUAI,PC_IND,EU27_2020,2025,30.45,,",
        "A,M_Y16_74,I_IUAI,PC_IND,EU27_2020,2025,34.91,,",
        "A,Y16_24,I_IUAI,PC_IND,EU27_2020,2025,63.81,,",
        "A,IND_TOTAL,I_IUAIPR,PC_IND,EU27_2020,2025,25.09,,",
        "A,IND_TOTAL,I_IUAIPR,PC_IND_IUAI,EU27_2020,2025,76.81,,",
    ]
    held = {"isoc_ai_iaiu": toy_state(tmp_path, rows, dataset_of("isoc_ai_iaiu"), scope="partial")}
    found = figures(tmp_path, "people_using_generative_ai", held)
    assert {(row["breakdown"], row["member"]): row["value"] for _, row in found.iterrows()} == {
        ("", ""): 32.66,
        ("sex", "F_Y16_74"): 30.45,
        ("sex", "M_Y16_74"): 34.91,
        ("age_group", "Y16_24"): 63.81,
        ("use", "I_IUAIPR"): 25.09,
    }
    among_users = figures(tmp_path, "generative_ai_purposes", held)
    assert among_users[["member", "value", "unit"]].values.tolist() == [["I_IUAIPR", 76.81, "PC_IND_IUAI"]]
    assert list(figures(tmp_path, "generative_ai_gender_gap", held)["value"]) == [4.46]
