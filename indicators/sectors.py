"""The sectors of the Apply AI strategy and what measures AI in each: existing indicators, cases, and what nobody measures.

Figures do not belong here; a sector names the members of indicators that speak of it, and how well they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from indicators.words import N_

Fit = Literal["measured", "in part", "stand-in", "not measured"]
"""How far official statistics measure the use of AI by a sector's enterprises."""
FITS: tuple[Fit, ...] = get_args(Fit)
Data = Literal["activities", "related", "cases"]
"""The kinds of data of the coverage matrix, beside what nobody measures."""
KINDS: tuple[Data, ...] = get_args(Data)

BY_ACTIVITY = "enterprises_using_ai_by_activity"
CASES = "public_sector_ai_cases"


@dataclass(frozen=True)
class Reading:
    """A member of an indicator that speaks of a sector, and, where it needs saying, of what it is not."""

    indicator: str
    breakdown: str
    member: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table of official statistics on something near a sector that no indicator of ours reads yet."""

    dataset: str
    note: str


@dataclass(frozen=True)
class Sector:
    """A sector as the strategy names it.

    ``activities`` are codes of NACE Rev. 2 that the survey on enterprises publishes, the widest first, and
    ``fit`` says how far they are the sector. ``related`` are statistics of something near it. ``functions`` and
    ``subdomains`` choose cases of the Public Sector Tech Watch. ``unmeasured`` is what nobody measures.
    """

    id: str
    title: str
    fit: Fit
    activities: Sequence[str] = ()
    scope: str = ""
    related: Sequence[Reading | Table] = ()
    functions: Sequence[tuple[str, str]] = ()
    cases_scope: str = ""
    unmeasured: Sequence[str] = ()
    future: bool = False

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All members of indicators that speak of the sector."""
        own = tuple(Reading(BY_ACTIVITY, "nace_r2", code) for code in self.activities)
        near = tuple(one for one in self.related if isinstance(one, Reading))
        return (*own, *near, *(Reading(CASES, breakdown, member) for breakdown, member in self.functions))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables near the sector that no indicator reads yet."""
        return tuple(one for one in self.related if isinstance(one, Table))


ROBOTS = Reading(
    "enterprises_using_robots", "", "",
    N_("Robots are counted whether or not they use AI; the survey asked about them in 2018, 2020 and 2022."),
)  # fmt: skip
FARMS = N_("Farms with precision farming or robots; the survey of farms does not ask whether these use AI.")


@cache
def sectors() -> dict[str, Sector]:
    """Every sector by its id: the eleven of the strategy in its order, then the three it names as future ones."""
    return {sector.id: sector for sector in SECTORS}


SECTORS = (
    Sector(
        id="health",
        title=N_("Healthcare and pharmaceuticals"),
        fit="in part",
        activities=("C21",),
        scope=N_("Makers of pharmaceuticals (C21) only; hospitals and practices are outside the survey."),
        functions=(("cofog", "GF07"),),
        cases_scope=N_("Cases of public administrations in the function health, hospitals among them."),
        unmeasured=(
            N_("The use of AI by hospitals, doctors and care: section Q is outside the survey on enterprises."),
            N_("How often AI takes part in diagnosis or treatment, and with what result for patients."),
        ),
    ),
    Sector(
        id="robotics",
        title=N_("Robotics"),
        fit="not measured",
        scope=N_("Robotics is no activity of its own in NACE: its makers are spread over several divisions."),
        related=(
            Reading(
                "enterprises_using_ai_by_technology", "indic_is", "E_AI_TAR",
                N_("Users of autonomous machines in all activities, not makers of robots."),
            ),
            ROBOTS,
        ),
        functions=(("subdomain", "robotics"),),
        cases_scope=N_("Cases whose AI subdomain is robotics and automation, in any function."),
        unmeasured=(N_("How many robots use AI, and the use of AI by the makers of robots."),),
    ),
    Sector(
        id="manufacturing",
        title=N_("Manufacturing, engineering and construction"),
        fit="measured",
        activities=tuple(
            "C F M69-M71 C10-C12 C13-C15 C16-C18 C19 C20 C21 C22_C23 C24_C25 C26 C27 C28 C29_C30 C31-C33".split()
        ),
        scope=N_(
            "Manufacturing (C) and its divisions, construction (F), and M69-M71, where engineering stands together "
            "with law, accounting, consulting and architecture."
        ),
        related=(ROBOTS,),
        functions=(("served", "GF0404"),),
        cases_scope=N_(
            "Cases of public administrations in the group mining, manufacturing and construction."
        ),
        unmeasured=(N_("Engineering offices on their own: they are published only with law and consulting."),),
    ),
    Sector(
        id="defence",
        title=N_("Defence, security and space"),
        fit="not measured",
        scope=N_("NACE has classes for arms and for space, but the survey publishes none of them."),
        related=(
            Reading(
                "ai_purposes", "purpose", "E_AI_PITS",
                N_("Enterprises of all activities that use AI for the security of their own ICT."),
            ),
        ),
        functions=(("cofog", "GF02"), ("cofog", "GF03")),
        cases_scope=N_(
            "Cases in the functions defence and public order and safety. Since the edition of 4 March 2026 the "
            "collection holds no case in defence: that says nothing of the use of AI by armed forces."
        ),
        unmeasured=(
            N_("The use of AI by makers of arms, by the space industry and by armed forces."),
        ),
    ),
    Sector(
        id="mobility",
        title=N_("Mobility, transport and automotive"),
        fit="measured",
        activities=("H", "C29_C30"),
        scope=N_(
            "Transport and storage (H), postal services among them, and makers of motor vehicles and other transport "
            "equipment (C29 and C30), ships, trains and aircraft among them."
        ),
        functions=(("served", "GF0405"), ("subdomain", "connected_vehicles")),
        cases_scope=N_(
            "Cases in the group transport, and those whose AI subdomain is connected and automated vehicles, whatever "
            "their function: a case may stand in both."
        ),
        unmeasured=(N_("Self-driving vehicles on the roads, and how far they drive."),),
    ),
    Sector(
        id="communications",
        title=N_("Electronic communications"),
        fit="measured",
        activities=("J61",),
        scope=N_("Telecommunications (J61)."),
        functions=(("served", "GF0406"),),
        cases_scope=N_("Cases of public administrations in the group communication."),
        unmeasured=(N_("How far AI runs networks: the survey asks enterprises, not networks."),),
    ),
    Sector(
        id="energy",
        title=N_("Energy"),
        fit="measured",
        activities=("D",),
        scope=N_("Supply of electricity, gas, steam and air conditioning (D)."),
        related=(
            Table(
                "isoc_env_ict_nrg",
                N_("Electricity used by data centres from 2020 on; the share of it that AI takes is not known."),
            ),
        ),
        functions=(("served", "GF0403"),),
        cases_scope=N_("Cases of public administrations in the group fuel and energy."),
        unmeasured=(N_("How much electricity AI takes, and how much it saves."),),
    ),
    Sector(
        id="environment",
        title=N_("Climate and environment"),
        fit="in part",
        activities=("E",),
        scope=N_("Water supply, sewerage and waste (E) only."),
        functions=(("cofog", "GF05"),),
        cases_scope=N_("Cases of public administrations in the function environmental protection."),
        unmeasured=(
            N_("The use of AI in weather and climate services, and by those who watch nature."),
        ),
    ),
    Sector(
        id="agrifood",
        title=N_("Agri-food"),
        fit="in part",
        activities=("C10-C12",),
        scope=N_("Makers of food, beverages and tobacco (C10 to C12) only; farms are outside the survey."),
        related=(Table("ef_mp_digi", FARMS), Table("ef_mp_digicr", FARMS)),
        functions=(("served", "GF0402"),),
        cases_scope=N_(
            "Cases of public administrations in the group agriculture, forestry, fishing and hunting."
        ),
        unmeasured=(N_("The use of AI on farms, in forestry and fishing: section A is outside the survey."),),
    ),
    Sector(
        id="culture",
        title=N_("Culture, creative sectors and media"),
        fit="in part",
        activities=("J58-J60",),
        scope=N_("Publishing, film, music and broadcasting (J58 to J60) only; the arts are outside the survey."),
        functions=(("cofog", "GF08"),),
        cases_scope=N_("Cases of public administrations in the function recreation, culture and religion."),
        unmeasured=(
            N_("The use of AI by artists, museums and theatres: section R is outside the survey."),
            N_("How many works are made with AI."),
        ),
    ),
    Sector(
        id="public_sector",
        title=N_("Public sector"),
        fit="not measured",
        scope=N_("Public administration (O) is outside the survey on enterprises."),
        functions=tuple(("cofog", f"GF{number:02}") for number in range(1, 11)),
        cases_scope=N_("All cases of public administrations, by function of government."),
        unmeasured=(
            N_("What share of public administrations uses AI: no official statistics ask them."),
            N_("How many cases there are besides those that the collection has found."),
        ),
    ),
    Sector(
        id="finance",
        title=N_("Finance"),
        fit="not measured",
        scope=N_("Finance and insurance (K) are outside the survey on enterprises."),
        unmeasured=(N_("The use of AI by banks, insurers and funds in official statistics."),),
        future=True,
    ),
    Sector(
        id="tourism",
        title=N_("Tourism"),
        fit="measured",
        activities=("I", "I55", "N79"),
        scope=N_(
            "Accommodation and food service (I), accommodation alone (I55), travel agencies and tour operators (N79). "
            "Food service serves residents too."
        ),
        unmeasured=(N_("Tourist attractions, guides and local authorities."),),
        future=True,
    ),
    Sector(
        id="ecommerce",
        title=N_("E-commerce"),
        fit="stand-in",
        activities=("G47",),
        scope=N_("Retail trade (G47) stands in for it: shops and online sellers are not told apart."),
        unmeasured=(N_("The use of AI by enterprises that sell online, in any activity."),),
        future=True,
    ),
)  # fmt: skip
"""In the strategy's order."""
