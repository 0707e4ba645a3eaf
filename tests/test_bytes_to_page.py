"""One figure, carried from the bytes of a downloaded file to the text on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import observatory
from observatory.console import ALL_WELL, WITH_PROBLEMS

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "data"
TABLE = (
    "freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2024 \t2025 \r\n"
    "A,GE10,C10-S951_X_K,E_AI_TANY,PC_ENT,EU27_2020\t13.48 \t77.65 p\r\n"
)


def texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.metric)
    shown = "\n".join(str(element.value) for kind in kinds for element in kind)
    return shown.replace("\\", "")


def test_a_figure_is_carried_from_imported_bytes_to_the_text_on_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    file = tmp_path / "estat_isoc_eb_ai.tsv"
    file.write_bytes(TABLE.encode())
    assert observatory.main(["import", str(file), "--dated", "2026-10-30"]) == ALL_WELL
    page = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60).run()
    assert not page.exception
    text = texts(page)
    assert "77.7" in text, "rounded half up from the decimal text: 77.65 is 77.7"
    assert "64.2 points more than in 2024" in text
    assert "provisional" in text
    page.query_params["lang"] = "fr"
    assert "77,7" in texts(page.run())


def test_a_revision_shows_what_was_known_before_and_what_is_known_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    file = tmp_path / "estat_isoc_eb_ai.tsv"
    for content, day in ((TABLE, "2026-10-30"), (TABLE.replace("77.65 p", "70.1 "), "2026-11-10")):
        file.write_bytes(content.encode())
        assert observatory.main(["import", str(file), "--dated", day]) == ALL_WELL
    page = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60).run()
    assert "70.1" in texts(page)
    page.query_params["as_of"] = "2026-11-09"
    then = texts(page.run())
    assert "77.7" in then
    assert "provisional" in then
    assert "70.1" not in then
    assert "30 October 2026" in then, "what it rests on is what was known then"
    assert any("9 November 2026" in str(notice.value) for notice in page.info)
    page.query_params["as_of"] = "2999-01-01"
    assert page.run().session_state["as_of"] == page.date_input[0].value
    assert page.date_input[0].value.isoformat() == "2026-11-09", (
        "a day yet to come is no day: nothing changes"
    )


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not on this machine")
def test_the_real_files_give_the_published_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    assert observatory.main(["import", str(REAL)]) == WITH_PROBLEMS
    published = {
        ("enterprises_using_ai", "EU27_2020", ""): ["7.65", "8.06", "13.48", "19.95"],
        ("smes_using_ai", "EU27_2020", ""): ["7.05", "7.38", "12.64", "18.9"],
        ("large_enterprises_using_ai", "EU27_2020", ""): ["28.41", "30.48", "41.17", "55.03"],
        ("enterprises_using_ai", "DK", "2025"): ["42.03"],
        ("enterprises_using_ai", "RO", "2025"): ["5.21"],
        ("public_sector_ai_cases", "ALL", ""): ["1805.0"],
        ("public_sector_ai_cases", "EU27_2020", ""): ["1513.0"],
    }
    capsys.readouterr()
    for (indicator, geo, period), values in published.items():
        assert printed(capsys, indicator, geo, *(["--period", period] if period else [])) == values
    by = printed(capsys, "public_sector_ai_cases", "EU27_2020", "--by", "definition")
    assert by == ["629.0"]


def printed(capsys: pytest.CaptureFixture[str], indicator: str, geo: str, *more: str) -> list[str]:
    observatory.main(["figures", indicator, "--geo", geo, *more, "--format", "csv"])
    lines = capsys.readouterr().out.splitlines()
    return [line.split(",")[lines[0].split(",").index("value")] for line in lines[1:]]
