"""The process that has pyspark, seen from here: started for the first job, told one at a time, ended with its owner.

What it does with a job is said in cluster.py; what the jobs are, in on_spark.py.
"""

from __future__ import annotations

import json
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from indicators.compute.engines import EngineFailed, QueryRefused

PROGRAM = Path(__file__).with_name("cluster.py")
PATIENCE = 300
"""Seconds in which a cluster has to do a first job; one without free workers would let it wait for ever."""


class SparkProcess:
    """``python`` has pyspark, ``master`` is the cluster's address; once it has failed to start, it stays so."""

    def __init__(self, python: Path, master: str) -> None:
        self._python, self._master = python.absolute(), master
        self._held = ExitStack()
        self._one_job = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._folder = Path()
        self._failed = ""

    def close(self) -> None:
        """End the process, if it was started, when its jobs are done."""
        self._held.close()

    def run(self, job: Mapping[str, Any]) -> None:
        """Have a job of cluster.py done; raises EngineFailed, QueryRefused."""
        with self._one_job:
            process = self._process or self._started()
            try:
                print(json.dumps(job), file=process.stdin, flush=True)
            except BrokenPipeError:
                raise self._ended() from None
            reason = self._answer(process)
        if reason:
            raise QueryRefused(f"Spark at {self._master}: {reason}")

    def _started(self) -> subprocess.Popen[str]:
        if self._failed:
            raise EngineFailed(self._failed)
        try:
            self._process = self._start()
        except EngineFailed as error:
            self._failed = str(error)
            raise
        return self._process

    def _start(self) -> subprocess.Popen[str]:
        if not self._python.exists():
            advice = "make setup-spark makes the environment, OBSERVATORY_SPARK_PYTHON names another"
            raise EngineFailed(f"Spark: there is no Python at {self._python} ({advice})")
        self._folder = Path(self._held.enter_context(tempfile.TemporaryDirectory(prefix="spark-")))
        log = self._held.enter_context((self._folder / "log").open("w"))
        process = subprocess.Popen(
            [str(self._python), str(PROGRAM), self._master],
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        self._held.enter_context(process)
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        try:
            self._answer(process)
        except EngineFailed:
            if process.wait() != -signal.SIGKILL:
                raise
            what = (
                f"no job was done within {PATIENCE} seconds (is the master there, and has it a free worker?)"
            )
            raise EngineFailed(f"Spark at {self._master}: {what}") from None
        finally:
            timer.cancel()
        return process

    def _answer(self, process: subprocess.Popen[str]) -> str:
        """Why a job could not be done; empty where it was."""
        line = process.stdout.readline()  # type: ignore[union-attr]  # it was started with pipes
        if not line:
            raise self._ended()
        reason: str = json.loads(line)["failed"]
        return reason

    def _ended(self) -> EngineFailed:
        lines = (self._folder / "log").read_text(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it did not say why")
        return EngineFailed(f"Spark at {self._master} ended: {last}")
