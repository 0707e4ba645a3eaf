"""Codes of a case that several published columns make together: generative AI, benefits claimed, open components.

A column that becomes one code of its own belongs to ``sources.pstw.cases``.
"""

from __future__ import annotations

from collections.abc import Mapping

from sources.pstw import spellings
from sources.pstw.workbook import NOT_STORED

UNKNOWN = "unknown"
"""What stands where the edition has none of the columns, or a case says nothing in them."""

SUBDOMAINS = ("subdomain", "subdomain_other_1", "subdomain_other_2", "subdomain_other_3")
PARENTS = {"improves_service": "service", "improves_efficiency": "efficiency", "opens_government": "openness"}
"""The three groups of benefits, by the columns that are marked for them."""

BENEFITS = (
    "personal", "citizens", "quality", "responsive", "new",
    "cost", "operation", "resources", "processes", "collaboration", "integrity", "fairness",
    "transparency", "participation", "control",
)  # fmt: skip
"""The kinds of benefits, each a column of its own."""


def codes(cells: Mapping[str, str], marked: Mapping[str, bool]) -> dict[str, str]:
    """The codes by column; ``cells`` are the published ones, ``marked`` the groups of benefits that are claimed."""
    return {
        "generative": _generative(cells),
        "benefits": _benefits(cells, marked),
        "open_components": _open_components(cells),
    }


def _generative(cells: Mapping[str, str]) -> str:
    """Whether any of the case's subdomains is generative AI; unknown for a case without a subdomain."""
    known = spellings.codes("subdomain")
    said = [cells[name] for name in SUBDOMAINS if _says(cells.get(name, ""))]
    if not said:
        return UNKNOWN
    return "yes" if any(known.get(spellings.fold(text)) == "generative_ai" for text in said) else "no"


def _benefits(cells: Mapping[str, str], marked: Mapping[str, bool]) -> str:
    """The groups and kinds of benefits claimed, parted by blanks; ``none`` where the columns are all empty."""
    if not any(name in cells for name in (*PARENTS, *(f"benefit_{kind}" for kind in BENEFITS))):
        return UNKNOWN
    yes = spellings.codes("benefit")
    groups = [group for column, group in PARENTS.items() if marked[column]]
    kinds = [kind for kind in BENEFITS if spellings.fold(cells.get(f"benefit_{kind}", "")) in yes]
    return " ".join((*groups, *kinds)) or "none"


def _open_components(cells: Mapping[str, str]) -> str:
    """Whether open components are named that the case uses or gives; an empty cell says neither yes nor no."""
    named = [side for side in ("input", "output") if _says(cells.get(f"open_{side}", ""))]
    return " ".join(named) or UNKNOWN


def _says(cell: str) -> bool:
    return cell not in ("", NOT_STORED) and spellings.fold(cell) != "no"
