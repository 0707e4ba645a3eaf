"""All sources and datasets by name, and to which of them a downloaded file belongs.

The one place that lists the sources; what each can do stands in its module.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sources import formats
from sources.codelists import CodeLists
from sources.curated import Curated
from sources.eurostat import Eurostat
from sources.model import Dataset, Source, Unreadable
from sources.oecd import Oecd
from sources.pstw import PublicSectorTechWatch
from sources.settings import Settings


def sources(settings: Settings) -> tuple[Source, ...]:
    """Every source, in the order in which they are asked."""
    eurostat = Eurostat(settings)
    return (
        eurostat,
        PublicSectorTechWatch(settings),
        Oecd(settings),
        curated(settings),
        CodeLists(settings, eurostat),
    )


def curated(settings: Settings) -> Curated:
    """The source of our own rows and of the users' targets."""
    return Curated(own_targets=settings.own_targets)


def datasets(settings: Settings) -> dict[str, Dataset]:
    """Every dataset by its id."""
    return {dataset.id: dataset for source in sources(settings) for dataset in source.datasets}


def source_of(dataset: Dataset | str, settings: Settings) -> Source:
    """The source of a dataset or of a dataset's id; raises KeyError for an id that nobody has."""
    wanted = dataset if isinstance(dataset, str) else dataset.id
    for source in sources(settings):
        if any(one.id == wanted for one in source.datasets):
            return source
    raise KeyError(wanted)


def recognise(file: Path, settings: Settings) -> Dataset | None:
    """The dataset that a downloaded file holds; None when it is none of ours (``refusal`` says why)."""
    found = (source.recognise(file) for source in sources(settings))
    return next((dataset for dataset in found if dataset is not None), None)


def refusal(file: Path, name: str = "") -> Unreadable:
    """Why a file that ``recognise`` did not know is not read, in one line; ``name`` is what to call it."""
    subject, where = name or file.name, "not read"
    said = formats.describe(file)
    if said.code:
        return Unreadable(subject, where, f"it holds {said.code}, which is none of our datasets")
    if said.dimensions:
        reason = f"its dimensions {', '.join(said.dimensions)} do not tell which dataset it is"
        return Unreadable(subject, where, reason, "name it with --dataset CODE or in captures.csv")
    try:
        why = formats.refusal("file", file)
    except Unreadable as error:
        why = error
    return Unreadable(subject, where, why.reason, why.advice)


def updated_at(file: Path) -> datetime | None:
    """The update stamp (UTC) that a downloaded file carries; None when it carries none."""
    return formats.describe(file).updated_at
