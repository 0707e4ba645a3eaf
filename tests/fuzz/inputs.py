"""Strategies: tables as a publisher might state them, and the ways in which a file may be spoilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from sources.eurostat import DATASETS
from sources.model import Dataset
from tests.replica.tables import Cell

DATASET: Dataset = next(dataset for dataset in DATASETS if dataset.code == "isoc_sks_itsps")

values = st.one_of(
    st.integers(-1000, 10**12).map(str),
    st.decimals(-(10**6), 10**9, places=2, allow_nan=False).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=64).map(repr),
    st.just("0"),
    st.just(""),
)
cells = st.builds(
    Cell,
    codes=st.tuples(
        st.sampled_from("AQM"),
        st.sampled_from(["PC", "THS_PER", "NA", "CLV10_MEUR", "NR-1.5"]),
        st.sampled_from(["F", "M", "T"]),
    ),
    geo=st.sampled_from(["AT", "EL", "EU27_2020", "NA", "UK", "XK", "EA20", "DE_TOT"]),
    period=st.sampled_from(
        ["1999", "2021", "2024-S1", "2024-Q4", "2024-01", "2024-W53", "2024-01-31", "9999"]
    ),
    value=values,
    flags=st.sets(st.sampled_from("bdefimnpu"), max_size=4).map(sorted).map("".join),
    confidentiality=st.sampled_from(["", "", "", "C", "N", "P"]),
).filter(lambda cell: bool(cell.value or cell.flags or cell.confidentiality))
tables = st.lists(cells, min_size=1, max_size=15, unique_by=lambda cell: (cell.codes, cell.geo, cell.period))

WORDS = [
    *(bytes([code]) for code in b"\t,:;\n\r\"' \\/{}[]<>&@|#=.-+0159eEnNbuCz\x00\x1a\x7f\xff\xc3"),
    b"\r\n", b"\n\n", b"\t\t", b": ", b":", b": u", b"0n", b" b", b"@C", b": @C", b"nan", b"inf", b"1e999",
    b"1e5", b"-", b"NA", b"null", b"true", b"\xef\xbb\xbf", "\N{NO-BREAK SPACE}".encode(), "é".encode(),
    b'""', b"A,PC,F,AT", b"2024", b"geo\\TIME_PERIOD", b"freq", b"<f>1</f>", b"<v/>", b"<c/>", b"&#0;", b"[]", b"{}",
]  # fmt: skip


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil bytes: at a place, take some away or say them twice, and put others there."""

    place: float
    taken: int
    twice: bool
    put: bytes

    def __call__(self, content: bytes) -> bytes:
        start = int(self.place * len(content))
        gone = content[start : start + self.taken]
        return content[:start] + self.put + (gone * 2 if self.twice else b"") + content[start + self.taken :]


spoilings = st.builds(
    Spoiling,
    place=st.floats(0, 1, exclude_max=True),
    taken=st.one_of(st.integers(0, 3), st.integers(0, 60)),
    twice=st.booleans(),
    put=st.one_of(st.just(b""), st.sampled_from(WORDS), st.binary(max_size=4)),
)
several = st.lists(spoilings, min_size=1, max_size=4)


def spoilt(content: bytes, ways: Sequence[Callable[[bytes], bytes]]) -> bytes:
    for way in ways:
        content = way(content)
    return content
