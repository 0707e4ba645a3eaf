"""Dagster's assets, made from the registries: one for each dataset, one for each theme of figures,
one release, and its briefs where somebody handed in how to write them.

What an asset does is in steps.py; here are only keys, dependencies and what Dagster's pages show.
"""

# Annotations are evaluated here, unlike elsewhere: Dagster reads an asset's configuration from them.
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

import dagster as dg

from indicators.compute.engines import EngineFailed
from indicators.model import Indicator
from indicators.registry import datasets as datasets_of
from pipelines import checks, judging, steps
from pipelines.observatory import Briefs, Observatory
from pipelines.resources import OBSERVATORY, Ask
from sources.model import Dataset
from warehouse import leftovers, silence
from warehouse.model import Check, StoreFault
from warehouse.read import current
from warehouse.turn import parts, turn
from warehouse.vintages import Timeline

RELEASE = ("release",)
BRIEFS = ("briefs",)
CADENCE_DAYS = {"yearly": 366, "quarterly": 92, "monthly": 31}
USUAL_FORMAT = "pdf"
"""The format of briefs that are asked for without one."""
Events = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def dataset_key(dataset: Dataset) -> tuple[str, ...]:
    return (dataset.source, dataset.code)


def theme_key(theme: str) -> tuple[str, ...]:
    return ("figures", theme)


def part_of(theme: str) -> str:
    """The part of a home that the figures of a theme are."""
    return f"figures-{theme}"


def assets(observatory: Observatory, planned: Collection[str] | None = None) -> list[dg.AssetsDefinition]:
    """Every asset of the observatory, in the order of the flow; or those that a run of ``planned`` datasets materialises.

    Those are the datasets' and what follows from them, briefs only where the settings ask for them: Dagster takes its
    time for each asset.
    """
    chosen = [one for one in observatory.datasets if planned is None or one.id in planned]
    themes = _themes(observatory)
    read = {theme: _read_by(members, chosen) for theme, members in themes.items()}
    following = [theme for theme in themes if read[theme] or planned is None]
    others = {one.id for one in chosen}.difference(*([one.id for one in own] for own in read.values()))
    before = [dataset_key(one) for one in chosen if one.id in others]
    briefs = observatory.briefs if planned is None or observatory.settings.briefs else None
    return [
        *(_dataset_asset(dataset) for dataset in chosen),
        *(_theme_asset(theme, themes[theme], read[theme]) for theme in following),
        _release_asset([*map(theme_key, following), *before]),
        *([_briefs_asset(briefs)] if briefs else []),
    ]


def _dataset_asset(dataset: Dataset) -> dg.AssetsDefinition:
    key = dataset_key(dataset)

    @dg.asset(
        key=key,
        group_name=dataset.source,
        description=dataset.title,
        freshness_policy=_freshness(dataset),
        metadata={"landing_page": dg.MetadataValue.url(dataset.landing_page), "cadence": dataset.cadence},
        check_specs=checks.specs(key, checks.DATASET_CHECKS),
        required_resource_keys={OBSERVATORY},
    )
    def materialise(context: dg.AssetExecutionContext, config: Ask) -> Events:
        observatory: Observatory = context.resources.observatory
        with parts(observatory.settings.home, dataset.id), observatory.archive.read_once():
            fetched = [steps.fetch(observatory, dataset, context.run.run_id)] if config.fetch else []
            judged = judging.judge(observatory, dataset)
            known = steps.timeline(observatory, dataset)
            metadata = _dataset_metadata(observatory, dataset, known)
        fresh = steps.freshness(observatory, known)
        yield from checks.results(key, checks.DATASET_CHECKS, [*fetched, *judged, *fresh])
        yield dg.MaterializeResult(metadata=metadata)
        observatory.report(dataset.id)

    return materialise


def _freshness(dataset: Dataset) -> dg.FreshnessPolicy | None:
    """When a table is late, by its cadence and some weeks of patience; None where it has no steady one."""
    days = CADENCE_DAYS.get(dataset.cadence)
    return (
        dg.FreshnessPolicy.time_window(timedelta(days=2 * days), timedelta(days=1.5 * days)) if days else None
    )


def _theme_asset(
    theme: str, indicators: Sequence[Indicator], follows: Sequence[Dataset]
) -> dg.AssetsDefinition:
    @dg.asset(
        key=theme_key(theme),
        group_name="figures",
        description=f"The figures of the theme {theme}: {', '.join(one.id for one in indicators)}.",
        deps=[dg.AssetKey(dataset_key(dataset)) for dataset in follows],
        required_resource_keys={OBSERVATORY},
    )
    def materialise(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        observatory: Observatory = context.resources.observatory
        read = _read_by(indicators, observatory.datasets)
        try:
            with parts(observatory.settings.home, part_of(theme)):
                computed = steps.figures(observatory, indicators, steps.timelines(observatory, read))
        except EngineFailed as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        observatory.report(f"figures of {theme}")
        return dg.MaterializeResult(metadata={name: path.stem for name, path in computed.items()})

    return materialise


def _release_asset(follows: Sequence[tuple[str, ...]]) -> dg.AssetsDefinition:
    @dg.asset(
        key=RELEASE,
        group_name="release",
        description="What readers see: sealed captures, their figures and the checks they passed.",
        deps=[dg.AssetKey(key) for key in follows],
        check_specs=checks.specs(RELEASE, checks.RELEASE_CHECKS),
        required_resource_keys={OBSERVATORY},
    )
    def materialise(context: dg.AssetExecutionContext) -> Events:
        observatory: Observatory = context.resources.observatory
        home = observatory.settings.home
        silence.forget(home, context.run.run_id)
        with turn(home), parts(home, *map(part_of, _themes(observatory))):
            leftovers.clear(home)
            contents = steps.gather(observatory)
            own = _checks_of(observatory.indicators, contents.checks)
            yield from checks.results(RELEASE, checks.RELEASE_CHECKS, own)
            try:
                release = steps.publish(observatory, contents)
            except (steps.Refused, StoreFault) as error:
                raise dg.Failure(str(error), allow_retries=False) from error
        yield dg.MaterializeResult(
            metadata={"release": release.id, "captures": len(release.captures), "checks": len(release.checks)}
        )
        observatory.report("release")

    return materialise


def _briefs_asset(write: Briefs) -> dg.AssetsDefinition:
    @dg.asset(
        key=BRIEFS,
        group_name="release",
        description="All briefs of the release: every Member State and the EU, in every language.",
        deps=[dg.AssetKey(RELEASE)],
        required_resource_keys={OBSERVATORY},
    )
    def materialise(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        observatory: Observatory = context.resources.observatory
        home, release = observatory.settings.home, current(observatory.settings.home)
        if release is None:
            raise dg.Failure("no briefs: there is no release", allow_retries=False)

        def tell(name: str, done: int, of: int) -> None:
            context.log.info(f"{name}: {done} of {of}")
            observatory.within(name, done, of)

        forms = observatory.settings.briefs or USUAL_FORMAT
        count = write(home, release, forms.split(","), tell)
        observatory.report("briefs")
        return dg.MaterializeResult(metadata={"release": release, "briefs": count, "formats": forms})

    return materialise


def _themes(observatory: Observatory) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for indicator in observatory.indicators:
        found.setdefault(indicator.theme, []).append(indicator)
    return found


def _read_by(indicators: Sequence[Indicator], datasets: Sequence[Dataset]) -> list[Dataset]:
    read = frozenset().union(*(datasets_of(indicator) for indicator in indicators))
    return [dataset for dataset in datasets if dataset.id in read]


def _checks_of(indicators: Sequence[Indicator], found: Sequence[Check]) -> list[Check]:
    """The checks of figures, each detail led by its indicator, since Dagster merges them by name."""
    own = {indicator.id for indicator in indicators}
    return [
        Check(c.subject, c.name, c.passed, c.severity, f"{c.subject}: {c.detail}")
        for c in found
        if c.subject in own
    ]


def _dataset_metadata(
    observatory: Observatory, dataset: Dataset, timeline: Timeline | None
) -> dict[str, dg.MetadataValue]:
    captures = observatory.archive.captures(dataset.id)
    held = "; ".join(f"{c.id}: {c.why}" for c in captures if c.state == "held back")
    if timeline is None:
        return {"held_back": dg.MetadataValue.text(held)}
    known = timeline.now
    newest = known.layers[0].capture
    return {
        "rows": dg.MetadataValue.int(steps.rows(observatory, known)),
        "bytes": dg.MetadataValue.int(newest.size),
        "capture": dg.MetadataValue.text(newest.id),
        "known_from": dg.MetadataValue.text(str(newest.known_from or "undated")),
        "held_back": dg.MetadataValue.text(held),
    }
