"""What the environment may set, with its defaults; nothing else reads environment variables."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

STORE = re.compile(r"s3://[a-z0-9][a-z0-9.-]+(/\w[\w.+=-]*)*/?")
"""The address of a store: a bucket, and the folder in it."""


class Settings(BaseSettings):
    """The observatory's settings; each is the environment variable ``OBSERVATORY_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="OBSERVATORY_", extra="ignore", frozen=True)

    home: Path = Field(Path("data"), description="where archive, vintages, figures and releases lie")
    store: str = Field(
        "",
        description="a store that several homes share, e.g. s3://bucket/prefix (endpoint and keys: AWS_*); empty: none",
    )
    store_every: float = Field(30.0, gt=0, description="seconds between two looks of the pages at the store")
    lang: str = Field("en", pattern="^[a-z]{2}$", description="language of the pages at the start")
    eurostat_url: str = Field(
        "https://ec.europa.eu/eurostat/api/dissemination", description="base of Eurostat's API"
    )
    pstw_url: str = Field(
        "https://interoperable-europe.ec.europa.eu/sites/default/files/custom-page/attachment/2026-06/"
        "pstw_dataset.csv",
        description="the current edition of the Public Sector Tech Watch cases",
    )
    oecd_url: str = Field(
        "", description="an export of OECD.AI's venture capital in AI by country; empty: imported only"
    )
    targets: Path | None = Field(
        None, description="a CSV file with targets of your own; without it, targets.csv in the home is read"
    )
    offline: bool = Field(False, description="ask no source; use what is archived and bundled")
    timeout: float = Field(60.0, gt=0, description="seconds to wait for one answer of a source")
    retries: int = Field(3, ge=0, description="how often to ask again after a retriable answer")
    pause: float = Field(
        1.0, ge=0, description="seconds before asking a busy source again; doubles each time"
    )
    budget: float = Field(900.0, gt=0, description="seconds that getting one dataset may take, all in all")
    polls: int = Field(60, ge=1, description="how often to look whether a queued extraction is ready")
    poll_pause: float = Field(5.0, ge=0, description="seconds between two such looks")
    steady: float = Field(
        10.0, ge=0, description="seconds of download after which to ask whether the table changed meanwhile"
    )
    memory: str = Field(
        "700MB", pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$", description="memory limit of DuckDB in a refresh"
    )
    keep_releases: int = Field(
        30, ge=1, description="how many releases can be opened; of older ones the manifest is kept"
    )
    engine: Literal["duckdb", "spark"] = Field("duckdb", description="where figures are computed")
    spark_master: str = Field(
        "local[2]",
        min_length=1,
        description="the Spark cluster, e.g. spark://host:7077; local[2]: two threads here",
    )
    spark_python: Path = Field(
        Path(".venv-spark/bin/python"), description="the Python that has pyspark; make setup-spark makes one"
    )
    executor: str = Field(
        "in_process",
        description="how a refresh's steps run: in_process, multiprocess, or another executor of Dagster as module:name",
    )
    steps_at_once: int = Field(
        2, ge=1, le=64, description="how many steps at once where executor is multiprocess"
    )
    port: int = Field(8501, description="port of the dashboards")
    briefs: str = Field(
        "",
        pattern=r"^((pdf|html|xlsx)(,(pdf|html|xlsx))*)?$",
        description="formats in which a refresh writes all briefs of its release, e.g. pdf,html; empty: none",
    )
    contact: str = Field(
        "", max_length=200, description="how readers reach whoever runs the pages: an e-mail or web address"
    )

    @field_validator("store")
    @classmethod
    def _known_scheme(cls, address: str) -> str:
        if address and not STORE.fullmatch(address):
            raise ValueError("no address of a store: give s3://bucket or s3://bucket/prefix, without keys")
        return address.rstrip("/")

    alerts: SecretStr | None = Field(
        None,
        description="where to tell of failures and of what is held back: addresses of Apprise, separated by spaces, "
        "e.g. jsons://hooks.example.org/observatory mailtos://user:password@example.org",
    )
    dagster_postgres: SecretStr | None = Field(
        None, description="a PostgreSQL address for Dagster's runs and events; empty: SQLite"
    )
    sign_in: bool = Field(
        False, description="whether readers must sign in (OpenID Connect, see docs/operations.md)"
    )

    @field_validator("executor")
    @classmethod
    def _known(cls, name: str) -> str:
        if re.fullmatch(r"in_process|multiprocess|[A-Za-z_][\w.]*:[A-Za-z_]\w*", name):
            return name
        advice = "choose in_process, multiprocess, or name another executor of Dagster as module:name"
        raise PydanticCustomError(
            "executor", "{name} is no executor: {advice}", {"name": name, "advice": advice}
        )

    @property
    def own_targets(self) -> Path | None:
        """The users' file of targets: the one that is named, else the one that lies in the home, if any."""
        usual = self.home / "targets.csv"
        return self.targets or (usual if usual.exists() else None)


def settings() -> Settings:
    """The settings of the environment as it is now, read anew only where it has changed: pages ask at every rerun."""
    prefix = str(Settings.model_config["env_prefix"])
    return _settings(tuple(one for one in os.environ.items() if one[0].upper().startswith(prefix)))


@lru_cache(maxsize=8)
def _settings(environment: tuple[tuple[str, str], ...]) -> Settings:  # noqa: ARG001 - what tells answers apart
    return Settings()
