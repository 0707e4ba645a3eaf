"""A process of the Spark environment: takes jobs as lines of JSON, has Spark do them, answers each with a line.

It imports nothing but pyspark, which is all that its environment holds; on_spark.py is at the other end.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

from pyspark.sql import SparkSession

LOOPBACK = r"local\b|spark://(127\.|localhost\b)"


def main(master: str) -> None:
    """Answer once that Spark takes jobs, then each job: ``{"failed": ""}``, or with the reason."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1) as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever Java prints is not an answer
        spark, seen = opened(master), set[str]()
        print(json.dumps({"failed": ""}), file=answers)
        for line in sys.stdin:
            print(json.dumps({"failed": _done(spark, json.loads(line), seen)}), file=answers)
        spark.stop()


def opened(master: str) -> SparkSession:
    """A session on a cluster that has done its first job; anything not set here is Spark's own to configure."""
    builder = SparkSession.builder.appName("AI Observatory").master(master)
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if re.match(LOOPBACK, master):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.range(1).count()
    if not spark.sparkContext.getConf().contains("spark.sql.shuffle.partitions"):
        spark.conf.set("spark.sql.shuffle.partitions", spark.sparkContext.defaultParallelism)
    return spark


def _done(spark: SparkSession, job: Mapping[str, Any], seen: set[str]) -> str:
    """Why the job could not be done; empty where it was. Files never change: each is looked at once."""
    try:
        for path in set(job["files"]) - seen:
            _see(spark.read.parquet(path), path)
            seen.add(path)
        for name, query in job["views"].items():
            _see(spark.sql(query), name)
        for statement in job["statements"]:
            spark.sql(statement)
        spark.sql(job["query"]).write.parquet(job["folder"])
    except Exception as error:  # one formula that cannot run must not end the others
        return f"{error}".splitlines()[0]
    return ""


def _see(rows: Any, name: str) -> None:
    quoted = name.replace("`", "``")
    rows.createOrReplaceTempView(f"`{quoted}`")


if __name__ == "__main__":
    main(sys.argv[1])
