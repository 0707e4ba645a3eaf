"""One question tells which of Eurostat's tables changed; where it fails there are ways around it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from sources.eurostat import DATASETS, Eurostat
from sources.eurostat_updates import Stamps, read_feed, read_inventory, statistics
from sources.http import Client
from sources.model import Capture, Dataset, NotData, Unreachable
from sources.settings import Settings
from tests.replica import FEED, INVENTORY, LONG_AGO, Answer, Replica, answers
from tests.replica.tables import Cell, tsv

AI, AIN2 = DATASETS[0], DATASETS[1]
CODE = AI.code
INVENTORY_ASKED = f"{INVENTORY}?type=data"
UPDATED = datetime.fromisoformat(LONG_AGO).astimezone(UTC)
LATER = "2026-12-10T11:00:00+0100"


def capture(dataset: Dataset, updated: datetime | None = UPDATED, seen: datetime | None = None) -> Capture:
    at = seen or datetime.now(UTC)
    return Capture(dataset.id, dataset.id, "", at, at, updated, "0", 1, "", "full", "live")


def all_known(**changes: Capture) -> Mapping[str, Capture]:
    return {dataset.id: capture(dataset) for dataset in DATASETS} | changes


class TestChanged:
    @pytest.fixture
    def everything(self, replica: Replica) -> Replica:
        for dataset in DATASETS:
            cell = Cell(tuple("A" for _ in dataset.dimensions), dataset.place or "EU27_2020", "2025", "1")
            (replica.folder / f"{dataset.code}.tsv").write_bytes(tsv(dataset, [cell]))
        return replica

    def test_one_question_decides_for_all(self, everything: Replica, settings: Settings) -> None:
        source = Eurostat(settings)
        assert source.changed(all_known()) == []
        everything.updated[AIN2.code] = LATER
        assert source.changed(all_known()) == [AIN2]
        assert everything.asked == [INVENTORY_ASKED, INVENTORY_ASKED]

    def test_a_new_structure_alone_is_no_new_data(self, everything: Replica, settings: Settings) -> None:
        everything.restructured[CODE] = LATER
        source = Eurostat(settings)
        assert source.changed(all_known()) == []
        assert source.structure(AI) == datetime.fromisoformat(LATER)
        assert source.structure(AIN2) == datetime(2025, 12, 11, 10, tzinfo=UTC)

    @pytest.mark.parametrize(
        "broken",
        [
            Answer(b"Something else\tentirely\r\n1\t2\r\n"),
            Answer(status=503),
            answers.MAINTENANCE,
            Answer(b"", 404),
            Answer(b"Code\tLast data change\r\n" * 50, breaks_off=True),
        ],
    )
    def test_without_the_inventory_the_feed_decides(
        self, broken: Answer, everything: Replica, settings: Settings
    ) -> None:
        everything.answers[INVENTORY] = [broken]
        everything.updated[CODE] = everything.restructured[AIN2.code] = LATER
        source = Eurostat(settings)
        assert source.changed(all_known()) == [AI]
        assert source.structure(AIN2) == datetime.fromisoformat(LATER)
        assert [path.partition("?")[0] for path in everything.asked] == [INVENTORY, FEED]

    def test_where_the_feed_does_not_reach_back_a_cell_decides(
        self, everything: Replica, settings: Settings
    ) -> None:
        everything.answers[INVENTORY] = [Answer(b"", 404)]
        everything.feed_since = "2026-12-01T11:00:00+01:00"
        everything.updated[AIN2.code] = LATER
        seen = datetime(2026, 11, 1, tzinfo=UTC)
        old = {AI.id: capture(AI, seen=seen), AIN2.id: capture(AIN2, seen=seen)}
        fresh = {d.id: capture(d, seen=datetime(2026, 12, 2, tzinfo=UTC)) for d in DATASETS}
        assert Eurostat(settings).changed(fresh | old) == [AIN2]
        cells = [path for path in everything.asked if "/statistics/1.0/" in path]
        assert [path.partition("?")[0].rpartition("/")[2] for path in cells] == ["ISOC_EB_AI"]

    def test_without_both_a_cell_of_each_table_decides(self, everything: Replica, settings: Settings) -> None:
        everything.answers[INVENTORY] = everything.answers[FEED] = [Answer(b"", 404)]
        everything.updated[CODE] = LATER
        new = Eurostat(settings).changed(all_known())
        cannot_tell = [one for one in DATASETS if one.expected.codes["freq"] != ["A"]]
        assert new == [one for one in DATASETS if one == AI or one in cannot_tell]
        assert len(everything.asked) == 2 + len(DATASETS)

    def test_a_server_that_is_away_is_said_once(self, closed_url: str) -> None:
        source = Eurostat(Settings(eurostat_url=closed_url, retries=0))
        with pytest.raises(Unreachable, match="the connection was refused"):
            source.changed({})
        assert source.silent

    def test_what_it_was_fetched_as_is_not_new(self, everything: Replica, settings: Settings) -> None:
        source = Eurostat(settings)
        source.changed({})
        folder = everything.folder / "fetched"
        folder.mkdir()
        got = source.fetch(AI, folder)
        assert source.changed(all_known(**{AI.id: capture(AI, got.source_updated_at)})) == []


def test_a_code_that_is_dropped_without_a_word_is_noticed(replica: Replica, settings: Settings) -> None:
    keys = [(size, geo) for size in ("10-49", "GE10") for geo in ("AT", "BE")]
    cells = [
        Cell(("A", size, "C10-S951_X_K", "E_AI_TANY", "PC_ENT"), geo, "2025", str(value))
        for value, (size, geo) in enumerate(keys)
    ]
    (replica.folder / f"{CODE}.tsv").write_bytes(tsv(AI, cells))
    client = Client(settings)
    found = statistics(client, settings.eurostat_url, AI, {"geo": "AT", "size_emp": "GE10"})
    assert found["updated"] == LONG_AGO
    assert list(found["value"].values()) == [2]
    with pytest.raises(NotData, match=r"isoc_eb_ai: .*geo=XX was left out of the answer without a word"):
        statistics(client, settings.eurostat_url, AI, {"geo": "XX", "size_emp": "GE10"})


def test_an_inventory_is_read_by_the_names_of_its_columns() -> None:
    text = (
        '"Last data change"\t"CODE"\tLast structural change\n'
        "2026-02-27T11:00:00+0100\tISOC_EB_AI\t2026-01-01T00:00:00Z\n"
        "\tFOLDER\t\n"
    )
    structure = datetime(2026, 1, 1, tzinfo=UTC)
    assert read_inventory(text) == {"isoc_eb_ai": Stamps(UPDATED, structure)}
    with pytest.raises(NotData, match="no columns for code and data change"):
        read_inventory("Something else\tentirely\n1\t2\n")


def test_a_feed_tells_data_from_structure() -> None:
    items = {
        "A": ("Dataset: updated data", "Fri, 25 Jul 2025 21:00:00 GMT"),
        "B": ("Dataset: updated structure and data", "2025-07-24 23:00:00.0"),
        "C": ("Dataset: updated structure", "Thu, 24 Jul 2025 09:00:00 GMT"),
        "GEO": ("Updated code list", "Wed, 23 Jul 2025 09:00:00 GMT"),
        "D": ("New dataset", "Thu, 24 Jul 2025 09:00:00 GMT"),
        "E": ("Dataset: updated data", "some day"),
    }
    text = "".join(
        f'<item><title>{code} - "{what}"</title><pubDate>{when}</pubDate></item>'
        for code, (what, when) in items.items()
    )
    feed = read_feed(f"<rss><channel>{text}</channel></rss>")
    assert set(feed.data) == {"a", "b", "d"}
    assert set(feed.structure) == {"b", "c"}
    assert feed.data["b"] == datetime(2025, 7, 24, 21, tzinfo=UTC)
    assert feed.since == datetime(2025, 7, 23, 9, tzinfo=UTC)
    for nothing in ("<rss/>", "<rss", "no feed"):
        with pytest.raises(NotData, match="holds no update"):
            read_feed(nothing)
