"""A standalone Spark cluster on loopback, from pyspark's own files: one master, and workers of one core each."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections import deque
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-spark" / "bin" / "python"


class Standalone:
    """Gives the master's address once every worker is registered; all processes end with the block."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder, self._workers = folder, workers
        self._held = ExitStack()
        ask = "import pyspark, pathlib; print(pathlib.Path(pyspark.__file__).parent)"
        said = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
        self._spark = Path(said.stdout.strip())

    def __enter__(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        address = f"spark://127.0.0.1:{port}"
        common = ["--host", "127.0.0.1", "--webui-port", "0"]
        with ExitStack() as held:
            self._held = held
            self._run("master.Master", [*common, "--port", port], until="New state: ALIVE")
            for number in range(self._workers):
                size = ["--cores", "1", "--memory", "1g", "--work-dir", str(self._folder / str(number))]
                self._run("worker.Worker", [*common, *size, address], until="registered with master")
            self._held = held.pop_all()
        return address

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def _run(self, program: str, options: list[str], until: str) -> None:
        """Start a daemon and go on when its log says that it is ready."""
        process = subprocess.Popen(
            [str(self._spark / "bin" / "spark-class"), f"org.apache.spark.deploy.{program}", *options],
            env=os.environ
            | {
                "SPARK_HOME": str(self._spark),
                "SPARK_LOCAL_IP": "127.0.0.1",
                "SPARK_DAEMON_MEMORY": "512m",
                "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false",
            },
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._held.enter_context(process)
        self._held.callback(process.terminate)
        assert process.stderr
        seen: list[str] = []
        for line in process.stderr:
            seen.append(line)
            if until in line:
                break
        else:  # it ended by itself
            raise AssertionError(f"{program} ended: {''.join(seen[-5:])}")
        rest = threading.Thread(target=deque, args=(process.stderr, 0), daemon=True)
        rest.start()
        self._held.callback(rest.join)  # what is read must not be closed before its reader ends
        self._held.callback(process.terminate)
