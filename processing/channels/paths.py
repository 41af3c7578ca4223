"""Which files a command line means: files, folders (with all below them) and globs. Pure."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from processing.readers.media_types import SUFFIXES


class NoSuchPath(ValueError):
    """A path or glob on the command line that names nothing."""


def expand_paths(arguments: Iterable[str], *, passed_over: Callable[[Path], object] = lambda _: None) -> Iterator[Path]:
    """The files in the order of the arguments, those of a folder sorted by name; each file once.

    In folders only files whose name ends like a document's are taken, nothing hidden and no symbolic link: who may
    write to an inbox must not choose what is read. A file named outright is always taken. What is not taken is told to
    ``passed_over``. Raises NoSuchPath.
    """
    seen: set[Path] = set()
    for argument in arguments:
        for path in _expand(argument, passed_over):
            absolute = Path(os.path.abspath(path))
            if absolute not in seen:
                seen.add(absolute)
                yield absolute


def _expand(argument: str, passed_over: Callable[[Path], object]) -> Iterator[Path]:
    path = Path(argument)
    if path.is_dir():
        yield from _below(path, passed_over)
    elif path.exists():
        yield path
    else:
        matches = sorted(glob.glob(argument, recursive=True)) if glob.has_magic(argument) else []
        if not matches:
            raise NoSuchPath(f"File or folder “{argument}” not found.")
        for match in matches:
            if os.path.islink(match):
                passed_over(Path(match))
                continue
            yield from _below(Path(match), passed_over) if Path(match).is_dir() else [Path(match)]


def _below(folder: Path, passed_over: Callable[[Path], object]) -> Iterator[Path]:
    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            document = not name.startswith(".") and os.path.splitext(name)[1].casefold() in SUFFIXES
            if document and not os.path.islink(os.path.join(directory, name)):
                yield Path(directory, name)
            else:
                passed_over(Path(directory, name))
