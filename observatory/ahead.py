"""The command that says where an indicator goes by 2030, and how well its models foretold the past.

How trajectories are made belongs to the indicators.
"""

from __future__ import annotations

import click

from observatory.catalogue import indicator_of
from observatory.console import WRONG_USAGE, Failed, form, screen, show
from sources.settings import Settings

COLUMNS = "indicator geo model period value low high chosen".split()
HINDCASTS = "model held_out countries error bias coverage skill".split()


@click.command()
@click.argument("indicator")
@click.option("--geo", default="EU27_2020", show_default=True, help="A Member State, or the EU.")
@form
@click.pass_obj
def outlook(settings: Settings, indicator: str, geo: str, form: str) -> None:
    """The projection to 2030 of an indicator, with its interval, and the error of each model on the last year."""
    from indicators.outlook import finding, notes
    from indicators.outlook import outlook as ask
    from sources.codes import EU, MEMBER_STATES
    from warehouse.read import NoRelease, open_release

    asked = indicator_of(indicator)
    if geo not in (EU, *MEMBER_STATES):
        raise Failed(f"no projections for {geo}: there are {EU} and the Member States", WRONG_USAGE)
    try:
        said = ask(open_release(settings.home), asked, geo)
    except NoRelease as error:
        raise Failed(str(error)) from None
    if form == "table":
        screen.print(finding(said, "en"), highlight=False)
        for note in notes(said, "en"):
            screen.print(note, highlight=False)
        show(HINDCASTS, said.hindcasts[HINDCASTS].round(3).values.tolist(), form)
    show(COLUMNS, said.ahead[COLUMNS].round(2).values.tolist(), form)
