"""Homes that share a store: what one publishes the others have, whatever happens in between, and nothing twice."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from shutil import copytree
from threading import Event, Thread
from time import monotonic
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.request import urlopen

import obstore
import pytest

from dashboards.following import follow, look
from observatory import main
from pipelines import judging, steps
from pipelines.resources import observatory
from sources.settings import Settings
from tests.browser.conftest import serving
from tests.bucket import S3
from tests.faults.refreshing import processes
from tests.unit.test_pipelines import APPLES, INDICATORS, PEARS, Stand
from warehouse import store as stores
from warehouse.archive import Archive
from warehouse.copied import working_copy
from warehouse.model import Moved, StoreFault
from warehouse.pins import pinned
from warehouse.read import current, open_release
from warehouse.release import releases, sealed
from warehouse.sharing import WorkingCopy
from warehouse.store import Store

VALUES = "SELECT value FROM figures WHERE known_to IS NULL AND geo = 'DE' AND indicator = 'share_of_apples'"


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with S3() as server:
        yield server


@pytest.fixture
def address(s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of a bucket of its own, and the environment that leads there."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3.url,
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "eu-central-1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(stores, "RETRIES", {"max_retries": 0, "retry_timeout": timedelta(seconds=5)})
    bucket = s3.bucket(f"b{abs(hash(tmp_path)):x}")
    s3.asked.clear()
    return f"{bucket}/observatory"


@pytest.fixture(scope="module", autouse=True)
def published(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Homes that published apples of the value 11, then of 12, without any store; every test starts from them."""
    for value in (11, 12):
        folder = tmp_path_factory.mktemp("published")
        if value == 12:
            copytree(Worker.past[11], folder / "home")
        Worker(folder, "").publish(value)
        Worker.past[value] = folder / "home"


class Worker(Stand):
    """A home that shares a store, and its market."""

    past: ClassVar[dict[int, Path]] = {}

    def __init__(self, folder: Path, address: str, value: int = 0) -> None:
        super().__init__(folder)
        self.settings = self.settings.model_copy(update={"store": address})
        self.home = self.settings.home
        if value:
            self.at(value)

    def at(self, value: int) -> str:
        """Let the home, and its store, be where others were who sold apples of this value."""
        copytree(self.past[value], self.home, dirs_exist_ok=True)
        self.sell(value)
        if self.settings.store:
            assert self.plan().empty
        return str(current(self.home))

    @property
    def copy(self) -> WorkingCopy:
        found = working_copy(self.settings)
        assert found
        return found

    def sell(self, value: int) -> None:
        """Apples of another value than before."""
        self.market.put(APPLES, f"ALL,DE,2024,{value},,", "ALL,FR,2024,20,,")

    def publish(self, value: int) -> str:
        """What a refresh comes to, without Dagster, which takes longer than all of it."""
        self.sell(value)
        work, planned = observatory(self.settings, [self.market], INDICATORS), self.plan()
        for dataset in work.datasets:
            if dataset.id in planned.fetch:
                steps.fetch(work, dataset, run=f"of {self.settings.home.name}")
                judging.judge(work, dataset)
        return steps.publish(work, steps.gather(work)).id


def shown(home: Path) -> float:
    """What readers of a home see."""
    opened = open_release(home)
    assert len(opened.query("SELECT * FROM market.apples")) == 2, "the tables behind it are there"
    return float(opened.query(VALUES)["value"][0])


def pages(folder: Path, address: str) -> WorkingCopy:
    found = working_copy(Settings(home=folder, store=address))
    assert found
    return found


def chain(home: Path) -> list[str | None]:
    """The releases before each release of a home, the oldest first."""
    return [one.previous for one in sealed(home)]


def test_what_one_home_publishes_pages_elsewhere_show(tmp_path: Path, address: str) -> None:
    worker, reader = Worker(tmp_path / "a", address), pages(tmp_path / "pages", address)
    first = worker.at(11)
    assert look(reader)
    assert (current(reader.home), shown(reader.home)) == (first, 11)
    second = worker.at(12)
    assert shown(reader.home) == 11, "until the next look"
    assert look(reader)
    assert (current(reader.home), shown(reader.home)) == (second, 12)
    assert {path.name for path in reader.home.glob("*") if path.is_dir()} == {"releases", "vintages"}
    assert (reader.home / "feed.xml").exists()
    assert (reader.home / "last-look.json").exists()


def test_nothing_is_fetched_or_sent_twice(tmp_path: Path, address: str, s3: S3) -> None:
    worker, reader = Worker(tmp_path / "a", address), pages(tmp_path / "pages", address)
    again = ("current", "last-look.json", "feed.xml")
    worker.at(11)
    look(reader)
    worker.publish(13)
    look(reader)
    for method in ("GET", "PUT"):
        files = [key for key in s3.got(method) if key.startswith("observatory/")]
        own = [key for key in files if not key.endswith(again)]
        assert sorted(own) == sorted(set(own))
    s3.asked.clear()
    assert not look(reader)
    assert s3.got("GET") == ["observatory/current", "observatory/last-look.json"]
    s3.asked.clear()
    assert worker.plan().empty
    assert [method for method, _ in s3.asked] == ["GET", "PUT"], "the pointer is asked for, the look is told"


def test_an_empty_home_goes_on_where_others_are(tmp_path: Path, address: str) -> None:
    one = Worker(tmp_path / "a", address, 11)
    first = current(one.home)
    other = Worker(tmp_path / "b", address)
    other.sell(11)
    assert other.plan().empty, "the same tables, already published"
    assert current(other.home) == first
    assert [c.id for c in other.archive.captures()] == [c.id for c in one.archive.captures()]
    kept = {path.relative_to(one.home) for path in one.home.rglob("archive/*/*/*.gz")}
    assert kept == {path.relative_to(other.home) for path in other.home.rglob("archive/*/*/*.gz")}
    assert [*other.home.rglob("history-*.parquet")], "figures that are computed are not computed again"
    second = other.publish(12)
    one.copy.pull()
    assert (chain(one.home), current(one.home), shown(one.home)) == ([None, first], second, 12)


def test_a_home_with_a_past_brings_it_in(tmp_path: Path, address: str) -> None:
    alone = Worker(tmp_path / "a", "", 12)
    before = [one.id for one in sealed(alone.home)]
    joined = Worker(tmp_path / "a", address)
    joined.sell(12)
    assert joined.plan().empty
    reader = pages(tmp_path / "pages", address)
    assert look(reader)
    assert ([one.id for one in sealed(reader.home)], shown(reader.home)) == (before, 12)
    assert [one.id for one in releases(reader.home)] == before[1:], "of the earlier one only the manifest"


def test_two_histories_are_not_made_one(tmp_path: Path, address: str) -> None:
    Worker(tmp_path / "a", address, 11)
    stranger = Worker(tmp_path / "b", "", 12)
    own = current(stranger.home)
    with pytest.raises(
        StoreFault, match=f"has published {own}, of which .* knows nothing: set OBSERVATORY_HOME"
    ):
        Worker(tmp_path / "b", address).plan()
    assert (current(stranger.home), shown(stranger.home)) == (own, 12)


def test_a_store_that_was_emptied_is_filled_again(tmp_path: Path, address: str) -> None:
    worker, reader = Worker(tmp_path / "a", address, 11), pages(tmp_path / "pages", address)
    look(reader)
    store = worker.copy.store
    obstore.delete(store._objects, sorted(store.names("")))
    with pytest.raises(StoreFault, match="and points to nothing now"):
        reader.pull(whole=False)
    assert shown(reader.home) == 11
    newest = worker.at(12)
    assert look(reader)
    assert (current(reader.home), shown(reader.home)) == (newest, 12)


def test_pages_keep_as_many_releases_as_the_settings_say(tmp_path: Path, address: str) -> None:
    worker = Worker(tmp_path / "a", address, 11)
    reader = working_copy(Settings(home=tmp_path / "pages", store=address, keep_releases=1))
    assert reader
    look(reader)
    newest = worker.at(12)
    look(reader)
    assert [one.id for one in releases(reader.home)] == [newest]
    assert len(sealed(reader.home)) == 2


def meanwhile(monkeypatch: pytest.MonkeyPatch, *others: Any) -> None:
    """Let others work just before a pointer moves, each once."""
    left, real = [*others], Store.swap

    def swap(self: Store, name: str, content: bytes, mark: str) -> str:
        if name == "current" and left:
            thread = Thread(target=left.pop(0))
            thread.start()
            thread.join()
        return real(self, name, content, mark)

    monkeypatch.setattr(Store, "swap", swap)


@pytest.mark.fault(
    "publish",
    "another home moves the shared pointer just before this one does",
    expected="what this one made is published on top of it: every capture in the log, one chain of releases",
)
def test_who_comes_second_publishes_on_top(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Worker(tmp_path / "a", address, 11), Worker(tmp_path / "b", address)
    first = current(one.home)
    other.copy.pull()
    other.market.put(PEARS, "ALL,DE,2024,9,,", "ALL,FR,2024,20,,")
    meanwhile(monkeypatch, lambda: other.publish(12))
    one.sell(13)
    outcome = one.refresh()
    assert outcome.release, outcome.problems
    last = outcome.release.id
    between = current(other.home)
    assert chain(one.home) == [None, first, between]
    assert between is not None
    assert first < between < last
    look(reader := pages(tmp_path / "pages", address))
    assert (current(reader.home), shown(reader.home)) == (last, 12), "what was retrieved last counts"
    other.copy.pull()
    for home in (one.home, other.home):
        captures = Archive(home).captures()
        assert [c.state for c in captures] == ["accepted"] * 5
        assert not [*home.glob("releases/.*")]
    assert one.values()["pears", "DE"] == other.values()["pears", "DE"] == 9


def test_after_several_tries_one_line_says_why(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(tmp_path / "a", address, 11)
    before = current(worker.home)

    def moved(*_: object) -> str:
        raise Moved("current was changed by somebody else")

    monkeypatch.setattr(Store, "swap", moved)
    monkeypatch.setattr(steps, "TRIES", 2)
    worker.sell(12)
    outcome = worker.refresh()
    assert outcome.release is None
    assert outcome.problems == (
        "nothing published: others moved the store's pointer 5 times meanwhile; run it again",
    )
    assert (current(worker.home), shown(worker.home)) == (before, 11)


@pytest.mark.fault(
    "publish",
    "the shared store breaks off at each write of a release in turn",
    expected="its pointer names a whole release at every moment; what was sent is not sent again",
)
def test_broken_off_anywhere_the_store_is_whole(tmp_path: Path, address: str, s3: S3) -> None:
    worker = Worker(tmp_path / "a", address, 11)
    Worker(tmp_path / "a", "", 12)
    copy = worker.copy
    try:
        for s3.writes in range(40):
            allowed = s3.writes
            try:
                copy.pull()
                break
            except StoreFault:
                reader = pages(tmp_path / f"pages{allowed}", address)
                reader.pull(whole=False)
                assert shown(reader.home) == 11
    finally:
        s3.writes = None
    assert allowed >= 4
    reader = pages(tmp_path / "last", address)
    reader.pull(whole=False)
    assert shown(reader.home) == 12


def test_readers_that_are_held_back_are_held_back_everywhere(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Worker(tmp_path / "a", address), Worker(tmp_path / "b", address)
    first, second = one.at(11), one.at(12)
    other.copy.pull()
    assert [r.id for r in releases(other.home)] == [second], "of the first only the manifest is here"
    monkeypatch.setenv("OBSERVATORY_HOME", str(other.home))
    monkeypatch.setenv("OBSERVATORY_STORE", address)
    assert main(["release", "rollback", "--why", "a doubt", "--by", "ann"]) == 0
    assert shown(other.home) == 11
    reader = pages(tmp_path / "pages", address)
    look(reader)
    assert (current(reader.home), shown(reader.home)) == (first, 11)
    pin = pinned(reader.home)
    assert pin is not None
    assert (pin.why, pin.by) == ("a doubt", "ann")
    third = one.publish(13)
    look(reader)
    assert (current(reader.home), current(one.home)) == (first, first), "refreshes go on, readers stay"
    assert main(["release", "resume"]) == 0
    look(reader)
    assert (current(reader.home), shown(reader.home)) == (third, 13)


def test_what_a_person_decides_counts_everywhere(tmp_path: Path, address: str) -> None:
    one, other = Worker(tmp_path / "a", address), Worker(tmp_path / "b", address)
    one.at(12)
    other.sell(12)
    other.plan()
    newest = other.archive.captures("apples")[-1]
    other.archive.decide(newest, "withdrawn", "retracted", "bob")
    other.publish(12)
    assert other.values()["apples", "DE"] == 11
    assert one.plan().empty
    assert (shown(one.home), one.archive.captures("apples")[-1].why) == (11, "retracted")


def test_pages_keep_what_they_have_while_the_store_is_away(
    tmp_path: Path,
    address: str,
    closed_url: str,
    s3: S3,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    worker, home = Worker(tmp_path / "a", address), tmp_path / "pages"
    release = worker.at(11)
    look(pages(home, address))
    monkeypatch.setenv("OBSERVATORY_HOME", str(home))
    monkeypatch.setenv("OBSERVATORY_STORE", address)
    assert main(["status"]) == 0
    assert f"Store {address}: this home has its release {release}, since " in one_line(capsys)
    monkeypatch.setenv("AWS_ENDPOINT_URL", closed_url)
    away = pages(home, address)
    with caplog.at_level(logging.WARNING):
        assert not look(away)
        assert not look(away)
    (line,) = caplog.messages
    assert f"{address}: the store cannot be used: check AWS_ENDPOINT_URL" in line
    assert shown(home) == 11
    assert main(["status"]) == 0
    assert "not to be used since " in one_line(capsys)
    assert main(["status", "--json"]) == 0
    assert "cannot be used" in json.loads(capsys.readouterr().out)["store"]["fault"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.url)
    worker.at(12)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        assert look(pages(home, address))
    assert caplog.messages == [f"{address}: the store can be used again"]
    assert shown(home) == 12


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    read = capsys.readouterr()
    return " ".join((read.out + read.err).split())


def test_a_server_follows_by_itself(tmp_path: Path, address: str) -> None:
    worker, home, stop = Worker(tmp_path / "a", address), tmp_path / "pages", Event()
    worker.at(11)
    thread = follow(Settings(home=home, store=address, store_every=0.01), stop)
    assert thread
    newest = worker.at(12)
    while current(home) != newest:
        thread.join(0.01)
        assert thread.is_alive()
    stop.set()
    thread.join()
    assert shown(home) == 12


def test_a_server_of_an_empty_home_shows_what_the_store_has(tmp_path: Path, address: str) -> None:
    newest, home = Worker(tmp_path / "a", address).at(12), tmp_path / "pages"
    home.mkdir()
    until, feed = monotonic() + 60, ""
    with serving(home, "--server.headless", "true", OBSERVATORY_STORE=address) as url:
        while newest not in feed and monotonic() < until:
            with suppress(HTTPError), urlopen(f"{url}/feed.xml", timeout=5) as answer:  # noqa: S310 - our own server
                feed = answer.read().decode()
    assert newest in feed
    assert shown(home) == 12


def test_without_a_store_nothing_of_it_is_loaded() -> None:
    loaded = "import sys, pipelines.refresh, observatory.running; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert not {"obstore", "warehouse.store", "warehouse.sharing"} & {*said.stdout.split()}


def test_a_server_that_may_write_nothing_leaves_following_to_the_run(
    tmp_path: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    with caplog.at_level(logging.WARNING):
        assert follow(Settings(home=home, store=address), Event()) is None
    assert caplog.messages == [
        f"{home} cannot be written here: only a run that works in it follows the store"
    ]


@pytest.mark.fault(
    "store",
    "the keys of the shared store are refused",
    "the shared store has no such bucket",
    "nobody answers at the shared store",
    expected="one line that says so and what to check; nothing is fetched; the release stays",
)
@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("keys", "the keys were refused: check AWS_ACCESS_KEY_ID"),
        ("bucket", "there is no bucket nowhere: make it"),
        ("away", "the store cannot be used: check AWS_ENDPOINT_URL, AWS_REGION and the network"),
    ],
)
def test_a_store_that_cannot_be_used_is_named(
    trouble: str,
    said: str,
    tmp_path: Path,
    address: str,
    closed_url: str,
    s3: S3,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chosen = "s3://nowhere/observatory" if trouble == "bucket" else address
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OBSERVATORY_STORE", chosen)
    if trouble == "away":
        monkeypatch.setenv("AWS_ENDPOINT_URL", closed_url)
    if trouble == "keys":
        with s3.checking_keys():
            code = main(["refresh", "--offline"])
    else:
        code = main(["refresh", "--offline"])
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert code == 1
    assert line.startswith(f"observatory: {chosen}: {said}")
    assert not (tmp_path / "home").exists()


def test_what_is_no_store_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    for address in ("ftp://example.org/x", "s3://", "s3://key:secret@bucket", "bucket", "s3://bucket/../x"):
        monkeypatch.setenv("OBSERVATORY_STORE", address)
        assert main(["status"]) == 64
        said = capsys.readouterr().err
        assert said.startswith("observatory: OBSERVATORY_STORE: ")
        assert "give s3://bucket or s3://bucket/prefix" in said
        assert "secret" not in said


def test_without_the_library_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OBSERVATORY_STORE", "s3://bucket")
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "warehouse.store")
    for command in ("serve", "refresh"):
        assert main([command]) == 1
        assert "obstore is not installed: run `make shared`" in capsys.readouterr().err


def test_what_somebody_else_put_into_the_store_reaches_no_path(tmp_path: Path, address: str) -> None:
    worker = Worker(tmp_path / "a", address)
    newest = worker.at(11)
    store = worker.copy.store
    listed = f"releases/{newest}/figures.json"
    store.write(
        listed, json.dumps(["figures/../../evil", "/etc/evil", "evil/x", "figures/x/../../../y"]).encode()
    )
    store.write("archive/market/apples/.hidden", b"x")
    store.write("archive/log/x y.json", b"x")
    other = Worker(tmp_path / "b", address)
    other.copy.pull()
    assert shown(other.home) == 11
    assert not [p for p in (tmp_path / "b").rglob("*") if p.name in ("evil", "x", "y", ".hidden", "x y.json")]


def refreshed(folder: Path, address: str, value: int, environment: dict[str, str], dies: str) -> None:
    """What a process of its own does: a refresh, which dies by kill -9 before or after the pointer moves, or does not."""
    os.environ.update(environment)
    real = Store.swap

    def swap(self: Store, name: str, content: bytes, mark: str) -> str:
        if name == "current" and dies == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        moved = real(self, name, content, mark)
        if name == "current" and dies == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return moved

    Store.swap = swap
    Worker(folder, address).publish(value)


def start(folder: Path, address: str, value: int, dies: str = "") -> BaseProcess:
    environment = {name: said for name, said in os.environ.items() if name.startswith("AWS_")}
    process = processes.Process(target=refreshed, args=(folder, address, value, environment, dies))
    process.start()
    return process


@pytest.mark.fault(
    "publish",
    "kill -9 between a release in the shared store and its pointer",
    expected="readers everywhere see the release before; the next refresh completes it; no capture is lost",
)
def test_killed_before_the_pointer_the_next_refresh_completes(tmp_path: Path, address: str) -> None:
    worker, reader = Worker(tmp_path / "a", address), pages(tmp_path / "pages", address)
    first = worker.at(11)
    process = start(tmp_path / "a", address, 13, dies="before")
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert len(worker.copy.store.folders("releases")) == 2, "the release is there, and nobody points to it"
    look(reader)
    assert (current(reader.home), shown(reader.home), current(worker.home)) == (first, 11, first)
    captures = [c.id for c in worker.archive.captures()]
    worker.sell(13)
    assert worker.refresh().release
    look(reader)
    assert (current(reader.home), shown(reader.home)) == (current(worker.home), 13)
    assert [c.id for c in worker.archive.captures()] == captures
    assert chain(worker.home) == chain(reader.home) == [None, first]
    assert not [*worker.home.glob("releases/.*")]


@pytest.mark.fault(
    "publish",
    "kill -9 between the shared store's pointer and the home's",
    expected="readers elsewhere see the release; the home takes it over at the next look",
)
def test_killed_after_the_pointer_the_home_follows(tmp_path: Path, address: str) -> None:
    worker, reader = Worker(tmp_path / "a", address), pages(tmp_path / "pages", address)
    first = worker.at(11)
    process = start(tmp_path / "a", address, 13, dies="after")
    process.join()
    assert process.exitcode == -signal.SIGKILL
    look(reader)
    assert (shown(reader.home), current(worker.home)) == (13, first)
    worker.sell(13)
    assert worker.plan().empty
    assert (current(worker.home), shown(worker.home)) == (current(reader.home), 13)


@pytest.mark.fault(
    "publish",
    "two homes that share a store refresh at once",
    expected="both end well: every capture in the log of both, one chain of releases",
)
def test_two_homes_refresh_at_once_and_nothing_is_lost(tmp_path: Path, address: str) -> None:
    homes = [Worker(tmp_path / name, address) for name in ("a", "b")]
    first = homes[0].at(11)
    homes[1].at(11)
    both = [start(one.home.parent, address, 12 + number) for number, one in enumerate(homes)]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    for one in homes:
        one.copy.pull()
        assert [c.state for c in one.archive.captures("apples")] == ["accepted"] * 3
    assert chain(homes[0].home) == chain(homes[1].home)
    assert chain(homes[0].home)[:2] == [None, first]
    assert current(homes[0].home) == current(homes[1].home) == sealed(homes[0].home)[-1].id
    newest = max(homes[0].archive.captures("apples"), key=lambda one: one.retrieved_at)
    assert newest.id in {one.id for one in sealed(homes[0].home)[-1].captures if one.used}
