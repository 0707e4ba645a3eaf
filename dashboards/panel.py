"""The panel that explains one number beside the page, and the controls that open it.

Which number it is stands in the address; where the number comes from, indicators.explain finds out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from dashboards.reader import Reader
from dashboards.text import plain
from dashboards.verdicts import check_name, finding, subject_name
from indicators.explain import Explanation, Node, NoFigure, cells_of, counts_of, explain, telling
from indicators.explain.algebra import algebra
from indicators.explain.document import checks_by_name, words_of
from indicators.explain.figure import formula_of
from indicators.explain.words import role
from indicators.model import Indicator
from indicators.registry import indicators
from indicators.words import N_, translate, worded
from sources.codes import GEO, PERIOD

PARAMETER = "explain"
MOST_CASES = 200
"""So many counted cases are listed in the panel; the command line has them all."""

Choices = Mapping[str, Mapping[str, str]]
"""Name of a series -> name of each of its figures -> what the address calls it."""


@dataclass(frozen=True)
class Asked:
    """The figure that the address names."""

    indicator: Indicator
    geo: str
    period: str
    breakdown: str = ""
    member: str = ""


def address(
    indicator: object, geo: object, period: object, breakdown: object = "", member: object = ""
) -> str:
    """What the address calls a figure: ``enterprises_using_ai~DK~2025~size_emp~GE250``."""
    parts = [str(part) for part in (indicator, geo, period, breakdown, member)]
    return "~".join(parts if parts[3] else parts[:3])


def read(text: str) -> Asked | None:
    """The figure that an address names; None for a text that cannot name one."""
    parts = text.split("~")
    indicator = indicators().get(parts[0])
    if indicator is None or len(parts) not in (3, 5) or not all(parts):
        return None
    if not (re.fullmatch(GEO, parts[1]) and re.fullmatch(PERIOD, parts[2])):
        return None
    try:
        formula_of(indicator, *(parts[3:] or ("", "")))
    except NoFigure:
        return None
    return Asked(indicator, *parts[1:])


def is_open() -> bool:
    """Whether the address asks for the panel."""
    return bool(st.query_params.get(PARAMETER))


def offer(key: str, choices: Choices, lang: str) -> None:
    """A choice among figures and the button that explains the chosen one; nothing without figures."""
    if not choices:
        return
    series = next(iter(choices))
    if len(choices) > 1:
        name = translate("Number to explain", lang)
        series = st.selectbox(name, list(choices), key=f"explained-{key}")
    figures = choices.get(series) or next(iter(choices.values()))
    chosen = next(iter(figures))
    if len(figures) > 1:
        of = translate("Period", lang) if len(choices) > 1 else translate("Number to explain", lang)
        chosen = st.selectbox(of, list(figures), key=f"explained-period-{key}")
    st.button(
        translate("Explain this number", lang),
        key=f"explain-{key}",
        on_click=_open,
        args=(figures.get(chosen) or next(iter(figures.values())),),
    )


def _open(figure: str) -> None:
    st.query_params[PARAMETER] = figure


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def show(reader: Reader) -> None:
    """The panel for the figure in the address, or a sentence that says why there is none."""
    with st.container(key="explanation", border=True):
        st.button(reader.say(N_("Close")), key="close-explanation", on_click=_close, icon=":material/close:")
        asked = read(st.query_params.get(PARAMETER, ""))
        if asked is None:
            st.info(reader.say(N_("The address names no figure of the catalogue.")))
            return
        try:
            own = (asked.geo, asked.period, asked.breakdown, asked.member)
            found = explain(reader.release, asked.indicator, *own, on=reader.day)
        except NoFigure as error:
            st.info(plain(_none(error, reader)))
            return
        _explain(found, reader.lang)


def _none(error: NoFigure, reader: Reader) -> str:
    text = reader.say(N_("This release states no such figure."))
    then = (
        reader.say(N_("It was stated before: choose {day} as the day."), day=error.before)
        if error.before
        else ""
    )
    return f"{text} {then}".strip()


def _explain(found: Explanation, lang: str) -> None:
    st.header(plain(telling.title(found, lang)), anchor=False)
    st.markdown(f"**{plain(telling.value(found, lang))}**")
    said = (telling.change(found, lang), telling.known(found, lang), telling.verdict(found, lang))
    for text in filter(None, said):
        st.markdown(plain(text))
    _heading(N_("Formula"), lang)
    st.markdown(plain(words_of(found, lang)))
    st.code(algebra(found.formula, 2), language=None, wrap_lines=True)
    if found.tree is not None and found.tree.operands:
        _heading(N_("Computed anew"), lang)
        st.markdown("\n".join(_branches(found.tree, lang)))
    _cells(found, lang)
    _counts(found, lang)
    _checks(found, lang)
    _heading(N_("To compute it again"), lang)
    st.code(found.recompute, language=None, wrap_lines=True)


def _heading(text: str, lang: str) -> None:
    st.markdown(f"##### {plain(translate(text, lang))}")


def _branches(node: Node, lang: str, name: str = "", depth: int = 0) -> Iterable[str]:
    """The tree as a nested list in Markdown."""
    yield f"{'  ' * depth}- {plain(telling.node(node, lang, name))}"
    for place, operand in enumerate(node.operands):
        yield from _branches(operand, lang, role(node, place, lang), depth + 1)


def _cells(found: Explanation, lang: str) -> None:
    cells = cells_of(found.tree) if found.tree else ()
    if cells:
        _heading(N_("Input cells"), lang)
    for number, cell in enumerate(cells):
        with st.expander(plain(telling.cell_title(cell, lang)), expanded=number < 2):
            _lines([*telling.cell_lines(cell, found, lang), telling.dataset_line(cell.dataset, lang)])
            _lines(telling.capture_lines(cell.capture, lang))
            page = cell.source or translate("Table at the publisher", lang)
            st.markdown(_link(page, cell.page))
            if cell.query:
                st.markdown(_link(translate("This cell as the publisher states it today", lang), cell.query))
                st.code(cell.query, language=None, wrap_lines=True)


def _counts(found: Explanation, lang: str) -> None:
    for counted in counts_of(found.tree) if found.tree else ():
        count = translate(
            "{count} records of {table}", lang, count=len(counted.cases), table=counted.dataset.id
        )
        _heading(N_("Counted"), lang)
        with st.expander(plain(count), expanded=len(counted.cases) < 30):
            cases = counted.cases[:MOST_CASES]
            st.markdown("\n".join(f"- {plain(telling.case_line(case, lang))}" for case in cases))
            if len(counted.cases) > MOST_CASES:
                st.markdown(plain(telling.more_cases(len(counted.cases) - MOST_CASES, lang)))
        _lines([telling.dataset_line(counted.dataset, lang), *telling.capture_lines(counted.capture, lang)])
        st.markdown(_link(translate("Table at the publisher", lang), counted.dataset.landing_page))


def _checks(found: Explanation, lang: str) -> None:
    results = checks_by_name(found.checks)
    _heading(N_("Checks"), lang)
    lines = []
    for subject, name, passed, failed in results:
        words = translate("{passed} passed, {failed} failed", lang, passed=passed, failed=len(failed))
        lines.append(
            f"- {plain(worded(f'{subject_name(subject, lang)}, {check_name(name, lang)}', words, lang))}"
        )
        lines += [f"  - {plain(finding(check.detail, lang))}" for check in failed]
    with st.expander(
        translate(
            "{passed} passed, {failed} failed", lang,
            passed=sum(passed for *_, passed, _ in results), failed=sum(len(failed) for *_, failed in results),
        )
    ):  # fmt: skip
        st.markdown("\n".join(lines))


def _lines(lines: Iterable[str]) -> None:
    """Lines of small text, one below the other."""
    st.caption("  \n".join(plain(line) for line in lines if line))


def _link(text: str, url: str) -> str:
    """A link in Markdown; an address that is none of the web is shown as text."""
    parts = urlsplit(url)
    safe = parts.scheme in ("http", "https") and not re.search(r"[<>\s]", url)
    return f"[{plain(text)}](<{url}>)" if safe else plain(f"{text} {url}".strip())
