"""The process that has pyspark, seen from here: started for the first job, told one at a time, ended with its owner.

What it does with a job is said in cluster.py; what the jobs are, in on_spark.py.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("cluster.py")
PATIENCE = 180
"""Seconds in which a cluster has to do a first job; one without free workers would let it wait for ever."""


class SparkFailed(Exception):
    """Spark cannot be had, broke off or refused a query: one line that says why and what to do."""


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
        """Have a job of cluster.py done; raises SparkFailed."""
        with self._one_job:
            process = self._process or self._started()
            assert process.stdin
            try:
                process.stdin.write(f"{json.dumps(job)}\n")
                process.stdin.flush()
            except BrokenPipeError:
                raise self._ended() from None
            reason = self._answer(process)
        if reason:
            raise SparkFailed(f"Spark at {self._master}: {reason}")

    def _started(self) -> subprocess.Popen[str]:
        if self._failed:
            raise SparkFailed(self._failed)
        try:
            self._process = self._start()
        except SparkFailed as error:
            self._failed = str(error)
            raise
        return self._process

    def _start(self) -> subprocess.Popen[str]:
        if not self._python.exists():
            advice = "make setup-spark makes the environment, OBSERVATORY_SPARK_PYTHON names another"
            raise SparkFailed(f"Spark: there is no Python at {self._python} ({advice})")
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
        late = threading.Event()
        timer = threading.Timer(PATIENCE, lambda: (late.set(), process.kill()))
        timer.start()
        try:
            self._answer(process)
        except SparkFailed:
            if late.is_set():
                what = f"no job was done within {PATIENCE} seconds (is the master there, and has it a free worker?)"
                raise SparkFailed(f"Spark at {self._master}: {what}") from None
            raise
        finally:
            timer.cancel()
        return process

    def _answer(self, process: subprocess.Popen[str]) -> str:
        """Why a job could not be done; empty where it was."""
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise self._ended()
        reason: str = json.loads(line)["failed"]
        return reason

    def _ended(self) -> SparkFailed:
        lines = (self._folder / "log").read_text(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it did not say why")
        return SparkFailed(f"Spark at {self._master} ended: {last}")
