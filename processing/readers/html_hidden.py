"""What an HTML page does not show: previews for mail clients, white text, text beside the page. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|mso-hide\s*:\s*all|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top|right|margin-left|margin-top)\s*:\s*-\d{4,}|color\s*:\s*transparent"
    r"|(?:max-)?(?:height|width)\s*:\s*0(?:px|pt)?\s*(?:;|!|$).*overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden.*(?:max-)?(?:height|width)\s*:\s*0(?:px|pt)?\s*(?:;|!|$)",
    re.IGNORECASE | re.DOTALL,
)
_BRACE = re.compile(r"[{}]")
_SIMPLE = re.compile(r"\.?[A-Za-z_][\w-]*")
_COLOR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_MAX_STYLE = 100_000  # characters of one style element
_MAX_DECLARATIONS = 2_000  # characters of one style attribute
_MAX_LEVELS = 40
_NEAR = 12  # of 255: nobody sees the difference
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the style elements of a page say of a class (``.note``) or a tag (``th``), whatever the screen."""

    hidden: set[str] = field(default_factory=set)
    grounds: dict[str, str] = field(default_factory=dict)


def styles_of(root: etree._Element) -> Styles:
    """Only rules of single classes and tags count, and none that are for some screens alone (``@media``)."""
    styles = Styles()
    for element in root.iter("style"):
        for selectors, body in _rules((element.text or "")[:_MAX_STYLE]):
            hides, ground = _INVISIBLE.search(body) is not None, _BACKGROUND.search(body)
            for selector in map(str.strip, selectors.split(",")):
                if not _SIMPLE.fullmatch(selector):
                    continue
                if hides:
                    styles.hidden.add(selector)
                if ground:
                    styles.grounds[selector] = ground[1]
    return styles


def _rules(sheet: str) -> list[tuple[str, str]]:
    """The (selectors, declarations) of a style sheet that stand in no other rule."""
    found: list[tuple[str, str]] = []
    depth, start, selectors = 0, 0, ""
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            if depth == 0:
                selectors = sheet[start : brace.start()].rpartition(";")[2].strip()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0 and not selectors.startswith("@"):
                found.append((selectors, sheet[start : brace.start()][:_MAX_DECLARATIONS]))
        start = brace.end()
    return found


def _names(element: etree._Element) -> list[str]:
    return [str(element.tag), *(f".{name}" for name in (element.get("class") or "").split()[:_MAX_LEVELS])]


def is_hidden(element: etree._Element, styles: Styles) -> bool:
    """Whether a person sees nothing of an element: by its attributes, its class, or its colour on its ground."""
    if styles.hidden and not styles.hidden.isdisjoint(_names(element)):
        return True
    if not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    style = (element.get("style") or "")[:_MAX_DECLARATIONS]
    if style and _INVISIBLE.search(style):
        return True
    named = _COLOR.search(style)
    color = _rgb(named[1] if named else element.get("color") or "")
    return color is not None and (ground := _ground(element, styles)) is not None and _near(color, ground)


def _ground(element: etree._Element, styles: Styles) -> tuple[int, int, int] | None:
    """The colour behind an element; None where it is a picture or not told."""
    at: etree._Element | None = element
    for _ in range(_MAX_LEVELS):
        if at is None:
            return _WHITE
        if at.get("background"):
            return None
        found = _BACKGROUND.search((at.get("style") or "")[:_MAX_DECLARATIONS])
        told = found[1] if found else at.get("bgcolor") or ""
        if not told and styles.grounds:
            told = next((styles.grounds[name] for name in _names(at)[::-1] if name in styles.grounds), "")
        if told and told.strip().lower() not in ("transparent", "none", "inherit", "initial"):
            return _rgb(told)
        at = at.getparent()
    return None


def _rgb(text: str) -> tuple[int, int, int] | None:
    text = text.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if (found := _RGB.search(text)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    digits = text[1:] if text.startswith("#") else text
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if re.fullmatch(r"[0-9a-f]{6}", digits):
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return None


def _near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _NEAR
