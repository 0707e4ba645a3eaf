"""The charts as pure functions: what they draw, in which colours and order, and that they ask nobody for anything."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboards.cards import sparkline
from dashboards.charts.ahead import ahead
from dashboards.charts.bars import bars, ranges
from dashboards.charts.look import DARK, LIGHT, Look
from dashboards.charts.map import SHAPES, europe, shapes
from dashboards.charts.moments import within
from dashboards.charts.ranking import ranking
from dashboards.charts.scale import breaks, class_of, ticks
from dashboards.charts.trend import trend
from dashboards.summary import of_bars, of_ranking
from indicators.milestones import MILESTONES
from indicators.model import Target
from sources.codes import EU, MEMBER_STATES

EMPTY = {"low": None, "high": None, "flags": "", "status": "measured", "series": ""}
AIM = Target(
    "t", "i", "T", EU, "2030", 75.0, "PC_ENT", "set", "Article 4", "https://example.org", "2022-12-14", ""
)


def figures(values: dict[str, float | None], period: str = "2025", **more: Any) -> pd.DataFrame:
    same = {
        "indicator": "i",
        "breakdown": "",
        "member": "",
        "unit": "PC_ENT",
        "period": period,
        **EMPTY,
        **more,
    }
    frame = pd.DataFrame([{**same, "geo": geo, "value": value} for geo, value in values.items()])
    return frame.astype({"value": float, "low": float, "high": float})


def countries(**status: str) -> pd.DataFrame:
    frame = figures({geo: 1.5 * place for place, geo in enumerate(MEMBER_STATES)})
    for geo, reason in status.items():
        frame.loc[frame["geo"] == geo, ["value", "status"]] = [math.nan, reason]
    return frame


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def look(request: pytest.FixtureRequest) -> Look:
    chosen: Look = request.param
    return chosen


def traces(figure: Any, **having: Any) -> list[dict[str, Any]]:
    data = json.loads(figure.to_json())["data"]
    return [trace for trace in data if all(trace.get(name) == value for name, value in having.items())]


def test_every_member_state_and_candidate_has_a_shape() -> None:
    held = shapes()["countries"]
    assert set(MEMBER_STATES) <= set(held)
    assert {"AL", "BA", "GE", "MD", "ME", "MK", "RS", "TR", "UA", "XK", "NO", "CH", "IS", "UK"} <= set(held)
    assert {"GR", "GB"}.isdisjoint(held)
    assert SHAPES.stat().st_size < 250_000
    assert "Natural Earth" in shapes()["attribution"]


def test_shapes_lie_in_europe_in_kilometres_of_the_projection() -> None:
    left, right, low, high = 2450, 7400, 1250, 5550
    for shape in shapes()["countries"].values():
        for ring in shape["rings"]:
            assert left <= min(ring[0::2]) <= max(ring[0::2]) <= right
            assert low <= min(ring[1::2]) <= max(ring[1::2]) <= high
    luxembourg = shapes()["countries"]["LU"]["rings"][0]
    assert 4000 < sum(luxembourg[0::2]) / len(luxembourg[0::2]) < 4070
    assert 2930 < sum(luxembourg[1::2]) / len(luxembourg[1::2]) < 3000


def test_the_map_is_drawn_of_lines_and_asks_no_server(look: Look) -> None:
    figure = europe(countries(), look, "en")
    assert {trace["type"] for trace in traces(figure)} == {"scatter"}
    text = figure.to_json()
    assert "http" not in text
    assert "mapbox" not in text


def test_the_maps_legend_counts_every_country_once(look: Look) -> None:
    figure = europe(countries(MT="not publishable", LU="not measured"), look, "en")
    names = [trace["name"] for trace in traces(figure) if trace.get("name")]
    counts = [int(name.rpartition("(")[2].rstrip(")")) for name in names]
    assert sum(counts) == 27
    assert names[-2:] == ["not publishable  (1)", "not measured  (1)"]
    assert len(names) == 7


def test_what_is_missing_is_hatched_by_its_reason(look: Look) -> None:
    figure = europe(countries(MT="not publishable", LU="not measured"), look, "en")
    tips = {trace["text"].split("</b>")[0]: trace for trace in traces(figure, hoveron="fills")}
    malta, luxembourg = tips["<b>Malta"], tips["<b>Luxembourg"]
    assert malta["fillpattern"]["shape"] != luxembourg["fillpattern"]["shape"]
    assert "fillpattern" not in tips["<b>Germany"]


def test_small_states_are_drawn_a_second_time_enlarged() -> None:
    drawn = traces(europe(countries(), LIGHT, "en"), hoveron="fills")
    for name in ("Malta", "Cyprus", "Luxembourg"):
        plain, enlarged = [t["x"] for t in drawn if t["text"].startswith(f"<b>{name}")]
        assert _width(enlarged) > _width(plain)


def _width(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return max(known) - min(known)


def labels(figure: go.Figure) -> list[str]:
    return [note["text"] for note in json.loads(figure.to_json())["layout"]["annotations"]]


def test_the_ranking_has_the_highest_on_top_and_the_missing_below_in_words(look: Look) -> None:
    rows = pd.concat([countries(MT="not publishable"), figures({EU: 19.95})], ignore_index=True)
    figure = ranking(rows, look, "en", chosen="DE")
    (bar,) = traces(figure)
    assert bar["y"][-1] == "Slovakia"
    assert labels(figure)[0] == "not publishable"
    assert bar["marker"]["color"][bar["y"].index("EU")] == look.union
    assert bar["marker"]["color"][bar["y"].index("Germany")] == look.chosen
    assert [shape["x0"] for shape in json.loads(figure.to_json())["layout"]["shapes"]] == [19.95]


def test_a_provisional_value_is_hollow_and_says_so() -> None:
    figure = ranking(figures({"AT": 30.0}, flags="p"), LIGHT, "en")
    (bar,) = traces(figure)
    assert bar["marker"]["color"] == ["rgba(0,0,0,0)"]
    assert labels(figure) == ["30.0\u202f% (provisional)"]


def test_a_line_ends_where_the_series_or_the_definition_changes() -> None:
    rows = pd.concat(
        [
            figures({EU: 1.0}, "2021", series="3"),
            figures({EU: 2.0}, "2022", series="4"),
            figures({EU: 3.0}, "2023", series="4"),
            figures({EU: 4.0}, "2024", series="4", flags="b"),
        ]
    )
    (line,) = traces(trend(rows, LIGHT, "en"))
    assert line["y"] == [1.0, None, 2.0, 3.0, None, 4.0]
    assert not line["connectgaps"]


def stopped(geo: str = EU, **more: Any) -> pd.DataFrame:
    """Three years; no change is stated into the last one, though neither series nor flags tell why."""
    years = [figures({geo: value}, year, **more) for value, year in ((1.0, "2019"), (2.0, "2020"))]
    last = figures({geo: 3.0}, "2021", change_status="stopped", previous_period="2020", **more)
    return pd.concat([*years, last]).fillna({"change_status": "", "previous_period": ""})


def test_a_line_ends_where_an_event_stops_comparison_and_says_so() -> None:
    figure = trend(stopped(), LIGHT, "en")
    (line,) = traces(figure)
    assert line["y"] == [1.0, 2.0, None, 3.0]
    assert "not comparable with 2020" in labels(figure)


def test_a_line_of_months_ends_once_though_a_year_of_months_cannot_be_compared() -> None:
    months = [f"{year}-{month:02}" for year in (2023, 2024) for month in (1, 2, 3)]
    rows = pd.concat(
        figures(
            {EU: 1.0},
            month,
            change_status="stopped" if month >= "2024" else "",
            previous_period=f"2023{month[4:]}" if month >= "2024" else "",
        )
        for month in months
    )
    (line,) = traces(trend(rows, LIGHT, "en"))
    assert line["y"] == [1.0, 1.0, 1.0, None, 1.0, 1.0, 1.0]


def test_versions_that_take_turns_are_two_lines() -> None:
    rows = pd.concat(
        figures({EU: float(year)}, str(year), series="43"[year % 2]) for year in range(2021, 2026)
    )
    figure = trend(rows, LIGHT, "en")
    (line,) = traces(figure)
    assert line["x"] == [2021, 2023, 2025, 2022, 2022, 2024]
    assert line["y"] == [2021, 2023, 2025, None, 2022, 2024]
    assert json.loads(figure.to_json())["layout"]["annotations"][0]["x"] == 2025
    assert sparkline(rows, EU, LIGHT).count("<polyline") == 2


def test_a_sparkline_ends_where_the_trend_does() -> None:
    for rows, pieces in ((stopped(), 2), (stopped().assign(change_status="comparable"), 1)):
        assert sparkline(rows, EU, LIGHT).count("<polyline") == pieces
    flagged = stopped().assign(change_status="", flags=["", "b", "d"])
    assert sparkline(flagged, EU, LIGHT).count("<polyline") == 3


def axis_of(figure: go.Figure, name: str) -> tuple[list[str], str]:
    axis = json.loads(figure.to_json())["layout"][name]
    return axis["ticktext"], axis["title"]["text"]


@pytest.mark.parametrize(
    ("value", "texts", "title"),
    [
        (17.0, ["0", "5", "10", "15", "20"], "thousand people"),
        (471.0, ["0", "100", "200", "300", "400", "500"], "thousand people"),
        (1400.0, ["0.0", "0.5", "1.0", "1.5"], "million people"),
        (10274.0, ["0", "2.5", "5", "7.5", "10", "12.5"], "million people"),
    ],
)
def test_persons_are_counted_in_the_unit_that_fits_the_axis(
    value: float, texts: list[str], title: str
) -> None:
    ticktext, unit = axis_of(trend(figures({EU: value}, unit="THS_PER"), LIGHT, "en"), "yaxis")
    assert [float(text) for text in ticktext] == [float(text) for text in texts]
    assert unit == title
    assert len(set(ticktext)) == len(ticktext)


def test_ticks_have_the_decimals_that_tell_them_apart() -> None:
    ticktext, _ = axis_of(trend(figures({EU: 1.0}), LIGHT, "en"), "yaxis")
    assert ticktext == [f"{text}\u202f%" for text in ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")]
    ticktext, _ = axis_of(ranking(figures({EU: 0.02}), LIGHT, "en"), "xaxis")
    assert len(set(ticktext)) == len(ticktext)


def test_a_year_without_a_survey_keeps_its_place_on_the_axis() -> None:
    rows = pd.concat([figures({EU: 7.65}, "2021"), figures({EU: 8.06}, "2023")])
    figure = trend(rows, LIGHT, "en")
    (line,) = traces(figure)
    assert line["x"] == [2021, 2023]
    assert json.loads(figure.to_json())["layout"]["xaxis"]["dtick"] == 1


def test_a_target_is_a_dashed_line_with_its_status() -> None:
    layout = json.loads(trend(figures({EU: 63.2}), LIGHT, "en", targets=[AIM]).to_json())["layout"]
    (line,) = layout["shapes"]
    assert (line["y0"], line["x1"], line["line"]["dash"]) == (75, 2030, "dash")
    assert "Target 2030: 75\u202f% (set)" in [note["text"] for note in layout["annotations"]]


def test_the_chosen_country_is_drawn_over_the_others_and_named_at_its_end() -> None:
    rows = pd.concat([figures({EU: 8.0, "DE": 9.0, "FR": 5.0}, year) for year in ("2023", "2024")])
    figure = trend(rows, LIGHT, "en", chosen="DE")
    assert [trace["line"]["color"] for trace in traces(figure)] == [LIGHT.other, LIGHT.chosen, LIGHT.union]
    names = [note["text"] for note in json.loads(figure.to_json())["layout"]["annotations"]]
    assert any("Germany" in name for name in names)
    assert any("EU" in name for name in names)


def test_a_range_is_drawn_from_its_low_to_its_high_end() -> None:
    rows = figures({EU: None}, "2019", unit="EUR_BN").assign(low=7.9, high=9.0, label="2019")
    (bar,) = traces(ranges(rows, LIGHT, "en"))
    assert (bar["base"], bar["x"]) == ([7.9], [pytest.approx(1.1)])
    assert bar["text"] == ["EUR 7.9–9.0 billion"]


def test_members_of_a_breakdown_stand_by_value_or_in_their_own_order() -> None:
    rows = pd.concat(
        [figures({EU: v}).assign(label=name) for name, v in (("a", 1.0), ("b", 9.0), ("c", 4.0))]
    )
    ranked = json.loads(bars(rows, {EU: LIGHT.union}, LIGHT, "en").to_json())
    assert ranked["layout"]["yaxis"]["categoryarray"] == ["a", "c", "b"]
    kept = json.loads(bars(rows, {EU: LIGHT.union}, LIGHT, "en", ranked=False).to_json())
    assert kept["layout"]["yaxis"]["categoryarray"] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([5.2, 42.0], (0, 10, 20, 30, 40, 50)),
        ([52.0, 79.5], (50, 60, 70, 80, 90, 100)),
        ([3.0], (3.0, 3.1, 3.2, 3.3, 3.4, 3.5)),
    ],
)
def test_map_classes_have_round_limits_that_hold_all_values(
    values: list[float], limits: tuple[float, ...]
) -> None:
    assert breaks(values) == limits
    assert all(limits[0] <= value < limits[-1] for value in values)


def test_a_limit_belongs_to_the_class_above_it() -> None:
    assert class_of(10.0, (0, 10, 20, 30, 40, 50)) == 1
    assert class_of(9.99, (0, 10, 20, 30, 40, 50)) == 0


def test_axis_ticks_are_round_and_reach_over_the_highest_value() -> None:
    assert ticks(42.0) == [0, 10, 20, 30, 40, 50]
    assert ticks(9.3)[-1] >= 9.3


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_and_marks_stand_out_from_the_background(look: Look) -> None:
    for colour in (look.text, look.muted, look.union):
        assert contrast(colour, look.background) >= 4.5
    for colour in (look.other, look.chosen, look.hatch):
        assert contrast(colour, look.background) >= 3


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_milestones_are_thin_verticals_that_name_themselves_and_are_off_by_default() -> None:
    rows = pd.concat([figures({EU: 8.0}, "2023"), figures({EU: 20.0}, "2025")])
    assert not json.loads(trend(rows, LIGHT, "en").to_json())["layout"]["shapes"]
    found = within(["2023", "2025"])
    drawn = json.loads(trend(rows, LIGHT, "fr", milestones=found).to_json())
    places = [shape["x0"] for shape in drawn["layout"]["shapes"]]
    assert len(places) == len(found) > 5
    assert min(places) >= 2023
    assert 2025.7 < max(places) < drawn["layout"]["xaxis"]["range"][1]
    (marks,) = [trace for trace in drawn["data"] if trace["mode"] == "markers"]
    assert marks["x"] == places
    assert marks["customdata"][-1].endswith("<br>8 octobre 2025")


def test_on_an_axis_of_months_milestones_stand_on_their_days() -> None:
    rows = pd.concat([figures({EU: 6.0}, f"2025-{month:02}") for month in range(1, 9)])
    layout = json.loads(trend(rows, LIGHT, "en", milestones=within(["2025-01", "2025-08"])).to_json())[
        "layout"
    ]
    assert [shape["x0"] for shape in layout["shapes"]][:2] == ["2025-02-01", "2025-02-02"]


def test_what_is_only_expected_is_no_milestone_of_a_chart() -> None:
    assert not [one for one in within(["2018", "2030"]) if one.expected]
    assert [one for one in MILESTONES if one.expected]


def test_a_chosen_small_state_stands_out_in_its_enlarged_drawing_too() -> None:
    outlined = {
        geo: [t for t in traces(europe(countries(), LIGHT, "en", geo)) if t["line"]["color"] == LIGHT.chosen]
        for geo in ("MT", "DE")
    }
    assert [len(found) for found in outlined.values()] == [2, 1]
    assert _width(outlined["MT"][1]["x"]) > _width(outlined["MT"][0]["x"])


def test_names_on_two_lines_have_the_room_of_two_lines() -> None:
    short = figures({EU: 1.0}).assign(label="Energy")
    long = short.assign(label="Professional, scientific and technical activities")
    heights = [bars(rows, {EU: LIGHT.union}, LIGHT, "en").layout.height for rows in (short, long)]
    assert heights[1] >= heights[0] + 8


def test_long_texts_beside_bars_leave_few_marks_on_the_axis() -> None:
    rows = figures({EU: 200.0}, unit="EUR_BN").assign(label="InvestAI")
    drawn = bars(rows, {EU: LIGHT.union}, LIGHT, "de")
    assert drawn.layout.xaxis.ticktext == ("0", "100", "200")


def test_an_axis_of_dollars_says_so() -> None:
    assert trend(figures({EU: 15.1}, unit="USD_BN"), LIGHT, "en").layout.yaxis.title.text == "USD billion"


def test_months_start_beside_the_axis_so_that_their_first_name_does_not_lie_on_its_zero() -> None:
    rows = pd.concat(figures({EU: 1.0}, month) for month in ("2016-01", "2024-11"))
    first, last = trend(rows, LIGHT, "en").layout.xaxis.range
    assert first < "2016-01-01" < "2024-11-01" < last


def test_a_note_lets_the_lines_behind_it_through_and_can_be_read() -> None:
    rows = figures({EU: 1.0}, change_status="noted", previous_period="2024")
    (note,) = [one for one in trend(rows, LIGHT, "en").layout.annotations if one.text == "Note"]
    assert note.bgcolor == "rgba(255,255,255,0.7)"


def test_the_course_ahead_names_each_year_where_there_are_few() -> None:
    nothing = pd.DataFrame({"period": [], "value": [], "low": [], "high": []})
    drawn = ahead(figures({EU: 63.2}), nothing, [], [AIM], {}, LIGHT, "en")
    assert drawn.layout.xaxis.dtick == 1


def test_any_of_the_purposes_is_no_rival_of_the_purposes() -> None:
    held = {"E_AI_PMS": 34.7, "E_AI_P1ANY": 73.4, "E_AI_PBAM": 30.0, "E_AI_PPP": 25.0, "E_AI_PLOG": 6.1}
    rows = pd.concat([figures({EU: value}, member=code, label=code) for code, value in held.items()])
    assert of_bars(rows, EU, "en").startswith("EU. Highest: E_AI_PMS 34.7")


def test_places_of_one_value_and_those_without_any_follow_by_name() -> None:
    chart = ranking(figures({"AT": None, "DE": None, "CZ": 2.0, "BE": 2.0, EU: 3.0}), LIGHT, "fr")
    assert list(chart.data[0].y)[::-1] == ["UE", "Belgique", "Tchéquie", "Allemagne", "Autriche"]
    assert of_ranking(figures({"AT": None, "DE": None, EU: 3.0, "BE": 2.0}), "fr").endswith(
        "Allemagne, Autriche."
    )
