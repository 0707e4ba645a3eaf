"""Where Dagster keeps runs and events: SQLite beside the code, PostgreSQL where the settings name one, or nowhere.

``dagster.yaml`` names the class below; where the observatory's own data lie does not belong here.
"""

from __future__ import annotations

from typing import Any

from dagster import (
    DagsterInstance,
    DagsterInvariantViolationError,
    EventLogEntry,
    StringSource,
)
from dagster._core.instance.types import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.base_storage import DagsterStorage
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClass, ConfigurableClassData

from sources.settings import Settings
from warehouse.model import Unusable


class Forgetting(InMemoryEventLogStorage):
    """The events of a run that nobody looks at afterwards: none is kept.

    Whoever runs the steps is told of each as it happens, and no step reads what another one left here.
    """

    def store_event(self, event: EventLogEntry) -> None:
        """Keep nothing."""


def forgetting() -> DagsterInstance:
    """An instance of Dagster in memory for one run in this process; what happened is gone with it."""
    return DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=InMemoryRunStorage(),
        event_storage=Forgetting(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
        settings={"telemetry": {"enabled": False}},
    )


class Storage(DagsterStorage, ConfigurableClass):
    """The storage that OBSERVATORY_DAGSTER_POSTGRES chooses; never made itself."""

    @classmethod
    def config_type(cls) -> Any:
        return {"base_dir": StringSource}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> Any:
        """PostgreSQL where an address is set, whose tables are made on first use; else SQLite in ``base_dir``."""
        address = Settings().dagster_postgres
        if address is None:
            return DagsterSqliteStorage.from_local(config_value["base_dir"], inst_data)
        try:
            from dagster_postgres import DagsterPostgresStorage
            from dagster_postgres.utils import DagsterPostgresException
        except ImportError as error:
            wanted = (
                "OBSERVATORY_DAGSTER_POSTGRES is set, and dagster-postgres is not installed: `make server`"
            )
            raise DagsterInvariantViolationError(wanted) from error
        try:
            return DagsterPostgresStorage(
                address.get_secret_value(), should_autocreate_tables=True, inst_data=inst_data
            )
        except DagsterPostgresException as error:
            raise Unusable(f"OBSERVATORY_DAGSTER_POSTGRES: the database does not answer ({error})") from error
