"""Keeps the gettext catalogues in step with the texts: ``make messages`` rewrites them.

Looking a message up does not belong here; words.py does that without reading any source file.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from indicators.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[2]
KEYWORDS = ("N_", "_", "translate")
"""Functions whose first argument, where it is a literal, is a message."""
SOURCES = ("indicators/**/*.py", "dashboards/**/*.py", "observatory/*.py")
REGISTER = {
    "sources/curated/targets.csv": ("title", "clause", "note"),
    "sources/curated/claims.csv": ("note",),
    "sources/curated/claim_readings.csv": ("title",),
    "sources/curated/actors.csv": ("name", "passage", "owner", "counted", "note", "source"),
}
"""Tables whose texts readers see: path -> its columns."""


def texts(root: Path = ROOT) -> dict[str, list[str]]:
    """Every text that readers may see -> the files that declare it, in the order of files and lines."""
    found: dict[str, list[str]] = {}
    for file, text in (*_marked(root), *_registered(root)):
        files = found.setdefault(text, [])
        if file not in files:
            files.append(file)
    return found


def catalogue(lang: str, folder: Path = CATALOGUES) -> Catalog:
    """The messages of one language as they stand in a folder; an empty catalogue where there is no file yet."""
    path = folder / f"{lang}.po"
    if not path.exists():
        return Catalog(locale=lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def rewrite(lang: str, root: Path = ROOT, folder: Path = CATALOGUES) -> list[str]:
    """Add what is missing to a language's catalogue and drop what is unused; gives what lacks a translation."""
    held = catalogue(lang, folder)
    renewed = Catalog(
        locale=lang,
        project="ai-observatory",
        version="1",
        header_comment=f"# Messages of the AI Observatory: {lang}.",
        msgid_bugs_address=" ",
        last_translator=" ",
        language_team=" ",
        creation_date=held.creation_date,
        revision_date=held.creation_date,
        fuzzy=False,
    )
    for text, files in texts(root).items():
        message = held.get(text)
        renewed.add(text, message.string if message else "", locations=[(file, 0) for file in files])
    with (folder / f"{lang}.po").open("wb") as file:
        write_po(file, renewed, width=100, include_lineno=False)
    return [str(message.id) for message in renewed if message.id and not message.string]


def _marked(root: Path) -> Iterator[tuple[str, str]]:
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
            for call in sorted(calls, key=lambda call: call.lineno):
                if _name(call.func) in KEYWORDS:
                    yield from ((path.relative_to(root).as_posix(), t) for t in _literals(call.args[0]))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _registered(root: Path) -> Iterator[tuple[str, str]]:
    for name, columns in REGISTER.items():
        with (root / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((name, row[column]) for column in columns if row[column])


if __name__ == "__main__":
    for language in sorted(LANGUAGES.keys() - {"en"}):
        for missing in rewrite(language):
            print(f"{language}: no translation of: {missing}")
