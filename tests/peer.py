"""The ``eurostat`` package as a second opinion: the same bytes read by other people's code.

What it is compared with belongs to the tests and benchmarks.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


class _Answer:
    content = b""


def long_table(content: bytes, keys: Sequence[str]) -> pd.DataFrame:
    """A gzipped TSV with CRLF as a long table: the key columns, period, value, flags; empty cells left out.

    The package parses what it downloaded itself; here its download is answered with ``content``. Its flags
    are Eurostat's text, ``@C`` and all.
    """
    import eurostat.eurostat as client

    answer = _Answer()
    answer.content = content
    vars(client)["__get_dims_info__"] = lambda *_, **__: ("ESTAT", "EUROSTAT", [])
    vars(client)["__get_resp__"] = lambda *_, **__: answer
    frame = client.get_data_df("table", flags=True)
    names = [*frame.columns[: len(keys)]]
    periods = [name.removesuffix("_value") for name in frame.columns if name.endswith("_value")]
    long = pd.concat(
        (frame[[*names, f"{period}_value", f"{period}_flag"]].set_axis([*keys, "value", "flags"], axis=1)
         .assign(period=period) for period in periods),
        ignore_index=True,
    )  # fmt: skip
    flags = long["flags"].fillna("").str.removeprefix(":").str.strip()
    long = long.assign(flags=flags, value=long["value"].astype("float64"))
    return long[long["value"].notna() | (flags != "")]
