"""The frame around every page: navigation, language and country, the notice of a baseline, the footer.

What a page shows stands in views/; this file is what ``streamlit run`` starts.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:  # Streamlit puts only this file's own folder there
    sys.path.insert(0, str(ROOT))

from streamlit.delta_generator import DeltaGenerator  # noqa: E402

from dashboards import data, panel  # noqa: E402
from dashboards.address import dropped  # noqa: E402
from dashboards.exhibit import plain  # noqa: E402
from dashboards.first_chart import whole  # noqa: E402
from dashboards.forerunner import note  # noqa: E402
from dashboards.moving_on import may_move_on  # noqa: E402
from dashboards.reader import COUNTRY, DAY, LANGUAGE, day, language, reader, remember  # noqa: E402
from dashboards.search import search  # noqa: E402
from dashboards.sign_in import admitted  # noqa: E402
from dashboards.takeaway.links import EMBED  # noqa: E402
from indicators.phrase import date_text  # noqa: E402
from indicators.words import LANGUAGES, N_, alphabetical, geo_name, translate  # noqa: E402
from sources.codes import MEMBER_STATES  # noqa: E402
from warehouse.read import NoRelease, OpenRelease  # noqa: E402

VIEWS = Path(__file__).parent / "views"
FIRST_DAY = date(2021, 1, 1)
"""No figure of ours was known before."""
STYLE = Path(__file__).parent / "static" / "style.css"
ALONE = st.Page(VIEWS / "embed.py", title="AI Observatory", url_path=EMBED)


SECTIONS: dict[str, dict[str, str]] = {
    "": {"overview": N_("Overview")},
    N_("Themes"): {
        "enterprises": N_("Enterprises"),
        "people": N_("People"),
        "public_sector": N_("Public sector"),
        "cases": N_("Cases of the public sector"),
        "labour": N_("Labour market"),
        "investment": N_("Investment"),
        "sectors": N_("Sectors"),
    },
    N_("Explore"): {
        "indicator": N_("Any indicator"),
        "country": N_("Country profile"),
        "compare": N_("Compare"),
    },
    N_("Policy"): {
        "targets": N_("Targets"),
        "trajectories": N_("Trajectories"),
        "milestones": N_("Milestones"),
        "actors": N_("Actors and systems"),
        "briefs": N_("Briefs"),
        "claims": N_("Claims"),
    },
    N_("Data"): {
        "revisions": N_("Revisions"),
        "data": N_("Data and checks"),
        "methodology": N_("Methodology"),
        "downloads": N_("Downloads"),
        "accessibility": N_("Accessibility"),
    },
}
"""The sections of the navigation, in its order -> their pages, each a file in views/ -> the page's title."""


def main() -> None:
    """One rerun of the app."""
    st.set_page_config(page_title="AI Observatory", layout="wide")
    st.html(STYLE)
    remember()
    lang = language()
    if not admitted(lang):
        return
    shown = pages(lang)
    if is_alone():
        st.navigation([*(page for own in shown.values() for page in own), ALONE], position="hidden").run()
        return
    page = st.navigation(shown, expanded=True)
    note(page.url_path)
    framed(page, lang)


def framed(page: st.Page, lang: str) -> None:
    """A page with what stands around it: controls, notices and the footer."""
    controls(lang)
    try:
        opened = data.release()
    except NoRelease:
        without_release(lang)
        watch("")
        return
    watch(opened.id)
    on = day()
    if on:
        past_notice(opened, on, lang)
    else:
        baseline_notice(opened, lang)
    with beside():
        place = st.container()
        try:
            page.run()
        except data.SourcesGone:
            without_sources(lang)
        left_out(place, lang)
    footer(opened, lang)
    whole()


def is_alone() -> bool:
    """Whether the address asks for one chart without the frame, for another site to show."""
    return urlsplit(st.context.url or "").path.rstrip("/").endswith(f"/{EMBED}")


def beside() -> AbstractContextManager[object]:
    """The place of the page: all of it, or what the panel leaves where the address asks for one."""
    if not panel.is_open():
        return nullcontext()
    left, right = st.columns([3, 2], gap="medium")
    with right:
        panel.show(reader())
    return left


def pages(lang: str) -> dict[str, list[st.Page]]:
    """The pages by section of the navigation."""
    return {
        section and translate(section, lang): [
            st.Page(
                VIEWS / f"{name}.py", title=translate(title, lang), url_path=name, default=name == "overview"
            )
            for name, title in titles.items()
        ]
        for section, titles in SECTIONS.items()
    }


def controls(lang: str) -> None:
    """Search, country, day and language, in the sidebar."""
    with st.sidebar:
        search({name: title for titles in SECTIONS.values() for name, title in titles.items()}, lang)
        st.selectbox(
            translate("Country to highlight", lang),
            ["", *alphabetical(MEMBER_STATES, lang)],
            format_func=lambda geo: geo_name(geo, lang) if geo else translate("EU and all countries", lang),
            key=COUNTRY,
        )
        st.date_input(
            translate("As known on (empty: now)", lang),
            value=None,
            min_value=FIRST_DAY,
            max_value="today",
            format="YYYY-MM-DD",
            key=DAY,
        )
        st.selectbox(
            translate("Language", lang),
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code],
            key=LANGUAGE,
        )


@st.fragment(run_every="5s")
def watch(shown: str) -> None:
    """Show the new release when the pointer has moved to one and it is this reader's turn."""
    if (data.current_id() or "") != shown and may_move_on(shown):
        st.rerun()


def without_release(lang: str) -> None:
    """What there is to do before the first release."""
    st.title(translate("There is nothing to show yet", lang), anchor=False)
    st.markdown(translate("No release has been published on this machine. Run one of these commands:", lang))
    st.code("observatory refresh\nobservatory import PATH", language=None)
    st.markdown(translate("This page moves on by itself as soon as there is a release.", lang))


def without_sources(lang: str) -> None:
    """What there is to do where the release stands, but not the tables that it reads."""
    text = translate(
        "The source tables of this release cannot be read here. Run `observatory refresh` to load them.", lang
    )
    st.error(text)


def left_out(place: DeltaGenerator, lang: str) -> None:
    """One quiet line on what the address names in vain: by our names only, for its values may be anybody's."""
    found = dropped()
    if found:
        text = translate(
            "The address names something that is not known here; it is left out: {list}.",
            lang,
            list=", ".join(found),
        )
        place.caption(plain(text))


def past_notice(opened: OpenRelease, on: date, lang: str) -> None:
    """That figures are shown as they were known once, and by which code, where that of the day was another."""
    texts = [
        translate(
            "Figures as they were known on {day}, from the captures known then. Targets, lists of cases and checks "
            "are those of today.",
            lang,
            day=date_text(on, lang),
        )
    ]
    then, now = data.released_on(opened, on), data.code_version(opened)
    if then and then.code_version != now:
        texts.append(
            translate(
                "They are computed by today's code ({now}); the release of that day, {release}, was made by {then}.",
                lang,
                now=now,
                release=then.id,
                then=then.code_version,
            )
        )
    st.info(plain(" ".join(texts)))


def baseline_notice(opened: OpenRelease, lang: str) -> None:
    """Which tables still show the baseline, and of which day."""
    known = data.baseline_dates(opened)["known_from"]
    if known.empty:
        return
    days = sorted({moment.date() for moment in known.dropna()})
    span = " – ".join(date_text(day, lang) for day in dict.fromkeys((days[0], days[-1]))) if days else ""
    text = translate(
        "Some figures are the baseline that comes with this software: published figures as they stood on "
        "{days}. They are marked “baseline”; a refresh replaces them with the whole tables.",
        lang,
        days=span,
    )
    st.info(plain(text))


def footer(opened: OpenRelease, lang: str) -> None:
    """Who we are not, whose data these are, and which release is shown."""
    st.divider()
    st.caption(
        translate(
            "Independent. This is not the AI Observatory announced in COM(2025) 723, nor a product of the European "
            "Commission or of Eurostat.",
            lang,
        )
    )
    st.caption(
        translate(
            "Data: Eurostat (reuse with acknowledgement), Public Sector Tech Watch (CC BY 4.0), and the sources named "
            "below each chart. Country shapes: Natural Earth. EU means the 27 Member States since 2020.",
            lang,
        )
    )
    st.caption(translate("Release {release}", lang, release=plain(opened.id)))


main()
