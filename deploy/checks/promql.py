"""Which metrics and labels a query names."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)?\s*\{([^{}]*)\}")
_GROUPING = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)")
_WORD = re.compile(r"[a-zA-Z_:][\w:]*")
_NO_METRICS = frozenset(
    {"and", "or", "unless", "bool", "offset", "group_left", "group_right", "inf", "nan", "atan2", "start", "end"}
)


def metrics_of(query: str) -> set[str]:
    """The names of the series that a query asks for."""
    text = _GROUPING.sub(" ", _STRING.sub('""', query))
    text = re.sub(r"\{[^{}]*\}", " ", text)
    text = re.sub(r"\[[^\]]*\]", " ", text)
    text = re.sub(r"\b\d[\w.]*", " ", text)
    names = (match for match in _WORD.finditer(text) if not re.match(r"\s*\(", text[match.end() :]))
    return {name.group() for name in names if name.group().lower() not in _NO_METRICS}


def labels_of(query: str) -> Iterator[tuple[str, str]]:
    """Each metric with each label that its selector names."""
    for name, selector in _SELECTOR.findall(_STRING.sub('""', query)):
        for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", selector):
            yield name, label


def grouped_labels(query: str) -> set[str]:
    """The labels by which a query groups or joins."""
    return {label for _, labels in _GROUPING.findall(query) for label in re.findall(r"\w+", labels)}
