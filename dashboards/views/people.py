"""People: who uses generative AI, for what, and who has the skills for it."""

from __future__ import annotations

from dashboards.charts.marks import has_value
from dashboards.heading import findings, note
from dashboards.reader import Reader, reader
from dashboards.themes import show_together, theme_page, usual_charts
from dashboards.usual import show_members
from indicators.labels import label
from indicators.registry import indicators, themes
from indicators.words import translate, worded

LEAD, THEME = "people_using_generative_ai", "people"


def page(reader: Reader) -> None:
    """Draw the page."""
    lang, figures = reader.lang, reader.figures(LEAD)
    question = translate(indicators()[LEAD].question, lang)
    if has_value(figures).any():
        sentence = translate("{value} of people in the EU aged 16 to 74 used generative AI in {period}", lang)
        said = findings(figures, sentence, reader)
    else:
        said = [
            translate(
                "This release holds no figures on people yet: they come with the first refresh from Eurostat.",
                lang,
            )
        ]
    theme_page(THEME, question, said, lambda: _charts(reader), reader, [one.id for one in themes()[THEME]])


def _charts(reader: Reader) -> None:
    """The lead by country and over time, then the members of every breakdown of the theme."""
    note(reader.figures(LEAD), reader)
    usual_charts(LEAD, reader, "people")
    held = [one for one in themes()[THEME] if has_value(reader.figures(one.id)).any()]
    for indicator in held:
        figures, title = reader.figures(indicator.id), translate(indicator.title, reader.lang)
        for breakdown in figures[figures["breakdown"] != ""]["breakdown"].unique():
            heading = worded(title, label("breakdown", breakdown, reader.lang), reader.lang)
            show_members(figures, breakdown, heading, reader, f"{indicator.id}-{breakdown}")
    if held:
        show_together(THEME, reader)


page(reader())
