"""An object store that several homes share: files by name, and one pointer that moves by compare and swap.

The one module that knows the library. What is copied, and in which order, belongs to sharing.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from warehouse.files import whole
from warehouse.model import Moved, StoreFault

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

WRITTEN = "written"
"""The attribute of an object that says when its file was written: some readers take the newest of several."""

NO_BUCKET = "NoSuchBucket"
KEYS = "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and what they may do"
REACH = "check AWS_ENDPOINT_URL, AWS_REGION and the network"
TOOK = re.compile(r" in [\d.]+[a-zµ]*s\b")
RETRIES: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=60)}


@dataclass(frozen=True)
class Read:
    """The content of an object, and the mark that tells it from every other content under its name."""

    content: bytes
    mark: str


class Store:
    """A folder of a bucket; names are relative to it. Everything raises StoreFault where the store cannot be used."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._objects = S3Store.from_url(address, client_options=_client(), retry_config=RETRIES)

    def names(self, folder: str) -> set[str]:
        """Every file below a folder."""
        with self._told():
            found = obstore.list(self._objects, folder, chunk_size=1000)
            return {one["path"] for some in found for one in some}

    def folders(self, folder: str) -> set[str]:
        """The folders in a folder."""
        with self._told():
            return {str(one) for one in obstore.list_with_delimiter(self._objects, folder)["common_prefixes"]}

    def read(self, name: str) -> Read | None:
        """A small file; None where there is none."""
        with self._told():
            try:
                got = obstore.get(self._objects, name)
            except FileNotFoundError as error:
                if NO_BUCKET in str(error):
                    raise
                return None
            return Read(bytes(got.bytes()), got.meta["e_tag"] or "")

    def fetch(self, name: str, path: Path) -> None:
        """Bring a file; it appears whole or not at all, as old as the one that was sent."""
        with whole(path) as aside:
            with self._told(), aside.open("wb") as file:
                got = obstore.get(self._objects, name)
                for block in got:
                    file.write(block)
            written = got.attributes.get(WRITTEN)
            if written:
                os.utime(aside, (float(written), float(written)))

    def send(self, name: str, path: Path) -> None:
        """Send a file whose name never means anything else; it appears whole or not at all."""
        with self._told():
            obstore.put(self._objects, name, path, attributes={WRITTEN: str(path.stat().st_mtime)})

    def write(self, name: str, content: bytes) -> None:
        """Write a small file, over the one that is there."""
        with self._told():
            obstore.put(self._objects, name, content)

    def claim(self, name: str, content: bytes) -> None:
        """Write a small file that nobody else wrote; raises Moved where somebody wrote another one."""
        try:
            self.swap(name, content, "")
        except Moved:
            held = self.read(name)
            if held is None or held.content != content:
                raise

    def swap(self, name: str, content: bytes, mark: str) -> str:
        """Put ``content`` where the file still has this mark, or where there is none for no mark; gives the new mark.

        Raises Moved where it has another one.
        """
        with self._told():
            try:
                put = obstore.put(self._objects, name, content, mode={"e_tag": mark} if mark else "create")
            except (AlreadyExistsError, PreconditionError) as error:
                raise Moved(f"{self.address}: {name} was changed by somebody else") from error
        return put["e_tag"] or ""

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Name the store, the reason and what to do about the library's errors."""
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise StoreFault(f"{self.address}: the keys were refused: {KEYS} ({_short(error)})") from error
        except FileNotFoundError as error:
            if NO_BUCKET in str(error):
                bucket = self.address.split("/")[2]
                raise StoreFault(
                    f"{self.address}: there is no bucket {bucket}: make it, or set OBSERVATORY_STORE"
                ) from error
            raise StoreFault(f"{self.address}: a file is missing there: {_short(error)}") from error
        except BaseError as error:
            raise StoreFault(
                f"{self.address}: the store cannot be used: {REACH} ({_short(error)})"
            ) from error


def _client() -> ClientConfig:
    """Time for large files, and the authority of the usual variable; plain HTTP only where the endpoint says so."""
    options: ClientConfig = {"timeout": "900s", "read_timeout": "60s", "connect_timeout": "10s"}
    if os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT", "")).startswith("http://"):
        options["allow_http"] = True
    if bundle := os.environ.get("REQUESTS_CA_BUNDLE"):
        options["root_certificate"] = Path(bundle).read_bytes()
    return options


def _short(error: Exception) -> str:
    """The first line of what the library says, without the server's page and without times: the same each time."""
    return TOOK.sub("", str(error).splitlines()[0].partition(": <?xml")[0])
