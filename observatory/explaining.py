"""The command that says where a figure comes from.

Finding it out does not belong here: indicators.explain does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from indicators.words import LANGUAGES
from observatory.catalogue import indicator_of
from observatory.console import NOTHING_PUBLISHED, WRONG_USAGE, Failed, as_of, nearest, past_day, screen
from sources.settings import Settings

if TYPE_CHECKING:
    from rich.tree import Tree

    from indicators.explain import Counted, Explanation, Node, NoFigure

MOST_CASES = 20
"""So many cases are listed on a terminal; JSON has them all."""

MANY = 40
"""Where there are more periods than this, the first and the last are named."""


@click.command()
@click.argument("indicator")
@click.option("--geo", required=True, help="A country or group, e.g. DE or EU27_2020.")
@click.option("--period", default="", help="A period, e.g. 2025 (default: the newest with a value).")
@click.option("--by", metavar="DIM=CODE", default="", help="One member of a breakdown, e.g. size_emp=GE250.")
@as_of
@click.option("--lang", type=click.Choice(list(LANGUAGES)), help="Language (default: OBSERVATORY_LANG).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def explain(
    settings: Settings,
    indicator: str,
    geo: str,
    period: str,
    by: str,
    as_of: datetime | None,
    lang: str | None,
    form: str,
) -> None:
    """Where a figure comes from: its formula, input cells, captures and checks; it is computed anew."""
    from indicators.explain import NoFigure
    from indicators.explain import explain as explain_figure
    from indicators.explain.document import document
    from warehouse.read import NoRelease, open_release

    asked, day, language = indicator_of(indicator), past_day(as_of), lang or settings.lang
    breakdown, _, member = by.partition("=")
    try:
        opened = open_release(settings.home)
        found = explain_figure(opened, asked, geo, period, breakdown, member, day)
    except NoRelease as error:
        raise Failed(str(error)) from None
    except NoFigure as error:
        raise _failed(error) from None
    if form == "json":
        click.echo(json.dumps(document(found, language), indent=1, ensure_ascii=False))
    else:
        _show(found, language)


def _failed(error: NoFigure) -> Failed:
    """What there is instead, or when it was."""
    line = str(error)
    if len(error.there) > MANY and error.there[0][:4].isdigit():
        line += f": there are {len(error.there)} from {error.there[0]} to {error.there[-1]}"
    elif error.there:
        line += f": {nearest(error.asked, list(error.there))}"
    if error.before:
        line += f"; it was stated before: --as-of {error.before}"
    return Failed(line, WRONG_USAGE if error.there else NOTHING_PUBLISHED)


def _show(found: Explanation, lang: str) -> None:
    from indicators.explain import cells_of, counts_of, telling
    from indicators.explain.algebra import algebra
    from indicators.explain.document import checks_by_name, words_of
    from indicators.words import translate

    origin = translate("Release {release}", lang, release=found.release)
    known = f"{telling.known(found, lang)} · {origin} · {found.code_version}"
    _part(telling.title(found, lang), [telling.value(found, lang), telling.change(found, lang), known])
    _part(translate("Formula", lang), [words_of(found, lang), algebra(found.formula)])
    if found.tree is not None:
        _part(translate("Computed anew", lang), [])
        screen.print(_tree(found.tree, lang), highlight=False)
    _line(telling.verdict(found, lang))
    for cell in cells_of(found.tree) if found.tree else ():
        said = [*telling.cell_lines(cell, found, lang), telling.dataset_line(cell.dataset, lang)]
        links = [cell.source, cell.page, cell.query]
        _part(telling.cell_title(cell, lang), [*said, *telling.capture_lines(cell.capture, lang), *links])
    for counted in counts_of(found.tree) if found.tree else ():
        _counted(counted, lang)
    _part(translate("Checks", lang), [])
    for subject, name, passed, failed in checks_by_name(found.checks):
        counts = translate("{passed} passed, {failed} failed", lang, passed=passed, failed=len(failed))
        _line(f"{subject} {name}: {counts}")
        for check in failed:
            _line(f"  {check.severity}: {check.detail}")
    _part(translate("To compute it again", lang), [found.recompute])


def _counted(counted: Counted, lang: str) -> None:
    from indicators.explain import telling
    from indicators.words import translate

    rest = len(counted.cases) - MOST_CASES
    more = telling.more_cases(rest, lang) if rest > 0 else ""
    cases = [telling.case_line(case, lang) for case in counted.cases[:MOST_CASES]]
    origin = [telling.dataset_line(counted.dataset, lang), *telling.capture_lines(counted.capture, lang)]
    heading = translate(
        "{count} records of {table}", lang, count=len(counted.cases), table=counted.dataset.id
    )
    _part(heading, [*cases, more, *origin, counted.dataset.landing_page])


def _tree(node: Node, lang: str, role: str = "") -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    from indicators.explain import telling, words

    branch = Tree(Text(_printable(telling.node(node, lang, role))))
    for place, operand in enumerate(node.operands):
        branch.add(_tree(operand, lang, words.role(node, place, lang)))
    return branch


def _part(heading: str, lines: Iterable[str]) -> None:
    """A heading and the lines below it; empty ones are left out."""
    screen.print()
    screen.print(_printable(heading), style="bold", markup=False, highlight=False, soft_wrap=True)
    for line in filter(None, lines):
        _line(line)


def _line(text: str) -> None:
    screen.print(_printable(text), markup=False, highlight=False, soft_wrap=True)


def _printable(text: str) -> str:
    """A text of a source without the signs that would move a terminal's cursor."""
    return "".join(sign if sign.isprintable() or sign == "\u202f" else " " for sign in text)
