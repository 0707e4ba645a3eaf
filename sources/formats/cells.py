"""What the cells of a wide table say: ``<value or :> <flags>[@<confidentiality>]``, each distinct text read once.

Where a cell lies in its table belongs to ``wide``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.codes import OLD_FLAGS

NUMBER = r"-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"
CELL = re.compile(rf"(:|{NUMBER}) ?([a-z]*)(?:@([A-Z]))?\s*")
MARK = re.compile(r"([a-z]*)(?:@([A-Z]))?")

Mark = tuple[str, str]
"""Flags in today's spelling, letters in order, and confidentiality; both may be empty."""


@dataclass(frozen=True)
class Meanings:
    """What each of some texts says: ``values`` with NaN for none, ``marks`` as positions in ``kinds``.

    Position 0 is a text that is no cell, position 1 a cell that says nothing.
    """

    values: Any
    marks: Any
    kinds: tuple[Mark, ...]


BAD, NOTHING = 0, 1
SPECIAL: list[Mark] = [("", "no cell"), ("", "nothing")]


def mark(flags: str, code: str) -> Mark:
    """Flags and confidentiality of today; the flag ``c`` of old is the confidentiality C."""
    letters = {OLD_FLAGS.get(letter, letter) for letter in flags}
    return "".join(sorted(letters - {"c"})), code or ("C" if "c" in letters else "")


def meanings(texts: Any) -> Meanings:
    """The meaning of an Arrow array of distinct texts."""
    try:
        return _usual(texts)
    except pa.ArrowInvalid:
        return _each(texts.to_pylist())


def _usual(texts: Any) -> Meanings:
    """All at once, where a blank parts value and flags; raises ArrowInvalid where one text is otherwise."""
    parts = pc.split_pattern(pc.ascii_rtrim_whitespace(texts), " ", max_splits=1)
    first = pc.list_element(parts, 0)
    second = pc.list_flatten(parts).filter(_is_second(parts))
    missing = pc.equal(first, ":")
    values = pc.cast(pc.if_else(missing, None, first), pa.float64())
    numbers = values.to_numpy(zero_copy_only=False)
    empty = missing.to_numpy(zero_copy_only=False)
    flagged = pc.equal(pc.list_value_length(parts), 2).to_numpy(zero_copy_only=False)
    if not np.isfinite(numbers[~empty]).all():
        raise pa.ArrowInvalid("a value is no finite number")
    encoded = pc.dictionary_encode(second)
    kinds, places = _kinds(encoded.dictionary.to_pylist())
    marks = np.where(empty, NOTHING, 2).astype(np.uint16)
    marks[flagged] = places[encoded.indices.to_numpy()]
    return Meanings(numbers, marks, kinds)


def _is_second(parts: Any) -> Any:
    """Which of the flattened parts comes second in its text."""
    starts = parts.offsets.to_numpy()
    second = np.ones(starts[-1] - starts[0], dtype=bool)
    second[starts[:-1] - starts[0]] = False
    return pa.array(second)


def _kinds(texts: Sequence[str]) -> tuple[tuple[Mark, ...], Any]:
    """All marks in use, and where each of the texts lies among them; raises ArrowInvalid for none."""
    kinds = {**dict.fromkeys(SPECIAL), ("", ""): None}
    found = []
    for text in texts:
        match = MARK.fullmatch(text)
        if not match or not text:
            raise pa.ArrowInvalid(f"{text!r} is no flag")
        found.append(mark(match[1], match[2] or ""))
    kinds.update(dict.fromkeys(found))
    order = list(kinds)
    return tuple(order), np.array([order.index(one) for one in found], dtype=np.uint16)


def _each(texts: Sequence[str]) -> Meanings:
    """One by one, for texts among which one is unusual or wrong."""
    kinds = {one: place for place, one in enumerate([*SPECIAL, ("", "")])}
    values, marks = np.full(len(texts), np.nan), np.zeros(len(texts), dtype=np.uint16)
    for place, text in enumerate(texts):
        match = CELL.fullmatch(text)
        value = float(match[1]) if match and match[1] != ":" else math.nan
        if not match or math.isinf(value):
            continue
        said = mark(match[2], match[3] or "")
        nothing = said == ("", "") and math.isnan(value)
        values[place] = value
        marks[place] = NOTHING if nothing else kinds.setdefault(said, len(kinds))
    return Meanings(values, marks, tuple(kinds))
