"""How claims and verdicts read: in the words of a reader's language, and as rows for machines.

Judging a claim does not belong here; claims.py does that.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators.claims import Asked, Claim, Known, Relation, Verdict, Word
from indicators.phrase import date_text, flags_text, number_text, period_text, value_text
from indicators.words import N_, apart, geo_name, translate

VERDICT_WORDS: Mapping[Word, str] = {
    "reproduced then": N_("reproduced then"),
    "reproduced now": N_("reproduced now"),
    "revised since": N_("revised since"),
    "differs now, vintage not held": N_("differs now, vintage not held"),
    "not reproduced as worded": N_("not reproduced as worded"),
    "not loaded": N_("nothing to judge it by"),
    "quoted": N_("quoted"),
}
RELATION_WORDS: Mapping[Relation, str] = {
    "equals": "{value}",
    "quoted": "{value}",
    "more than": N_("more than {value}"),
    "less than": N_("less than {value}"),
}
SHAPES: Mapping[Word, str] = {
    "reproduced then": "●",
    "reproduced now": "◐",
    "revised since": "△",
    "differs now, vintage not held": "◇",
    "not reproduced as worded": "✕",
    "not loaded": "○",
    "quoted": "□",
}
"""A verdict as a shape; the word always stands beside it."""

ROUNDED = N_(
    "The difference is no more than half of the last decimal stated: the text may have been rounded from more "
    "decimals than are published."
)
HEADINGS = (N_("Verdict"), N_("Claim"), N_("Claimed"), N_("As known then"), N_("As known now"))
"""What a table of verdicts shows, in this order."""

NOT_HELD = N_("vintage not held")

MEANINGS: Mapping[Word, str] = {
    "reproduced then": N_("the data known on the day of the text bear it out, and so do the data of today"),
    "reproduced now": N_("the data of today bear it out; those of its day are not held"),
    "revised since": N_(
        "the data known on its day bear it out; they were revised, and those of today do not"
    ),
    "differs now, vintage not held": N_(
        "the data of today do not bear it out; those of its day are not held"
    ),
    "not reproduced as worded": N_("the data known on its day do not bear it out as it is worded"),
    "not loaded": N_("this release holds no figure to judge it by"),
    "quoted": N_("said by its source; none of the figures here can judge it"),
}
"""What each verdict says of a claim."""

COLUMNS = (
    "claim group verdict text source link date as_of relation value decimals unit reading indicator geo period "
    "breakdown member then then_period then_flags then_vintage now now_period now_flags now_vintage note release"
).split()
"""The columns for machines: one row for every figure that a claim asks for, the one as worded first."""


def rows(verdict: Verdict, release: str) -> list[dict[str, object]]:
    """A verdict as rows with the columns of ``COLUMNS``; one without figures where the claim is quoted."""
    claim = verdict.claim
    stated = {
        **{name: getattr(claim, name) for name in ("group", "text", "source", "link", "as_of")},
        **{name: getattr(claim, name) for name in ("relation", "value", "decimals", "unit", "note")},
        "claim": claim.id,
        "date": claim.dated,
        "verdict": verdict.word,
        "release": release,
    }
    figures = [
        {
            "reading": reading.asked.title,
            "geo": "+".join(reading.asked.geos),
            **{name: getattr(reading.asked, name) for name in ("indicator", "period", "breakdown", "member")},
            **_known("then", reading.then),
            **_known("now", reading.now),
        }
        for reading in verdict.readings
    ]
    return [{name: {**stated, **figure}.get(name) for name in COLUMNS} for figure in figures or [{}]]


def _known(when: str, figure: Known | None) -> dict[str, object]:
    if figure is None:
        return {}
    return {
        when: figure.value,
        f"{when}_period": figure.period,
        f"{when}_flags": figure.flags,
        f"{when}_vintage": figure.vintage,
    }


def claimed_text(claim: Claim, lang: str) -> str:
    """The value claimed with its relation, in the reader's language; empty where the text states none."""
    if claim.value is None:
        return ""
    plain = number_text(claim.value, lang, claim.decimals)
    value = value_text(claim.value, claim.unit, lang, claim.decimals) if claim.unit else plain
    return translate(RELATION_WORDS[claim.relation], lang, value=value)


def known_text(figure: Known | None, lang: str) -> str:
    """A figure with two decimals, its period, its flags in words and its vintage; or that none is held."""
    if figure is None:
        return translate(NOT_HELD, lang)
    value, flags = value_text(figure.value, figure.unit, lang, 2), flags_text(figure.flags, lang)
    vintage = translate("as of {day}", lang, day=date_text(figure.vintage, lang)) if figure.vintage else ""
    about = apart((part for part in (period_text(figure.period, lang), flags, vintage) if part), lang)
    return f"{value} ({about})"


def asked_text(asked: Asked, lang: str) -> str:
    """Which figure it is: the reading's own title, or whose it is."""
    whose = " + ".join(geo_name(geo, lang) for geo in asked.geos)
    return translate(asked.title, lang) if asked.title else whose
