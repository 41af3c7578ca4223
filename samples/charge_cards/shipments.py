"""Shipments of the made-up cards' quotes, as plain data. Pure."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def to(country: str, postal: str = "", weight: str = "1", **more: Any) -> Body:
    """One piece to a place of a country."""
    return {"destination": {"country": country, "postal": postal}, "pieces": [{"weight": weight}], **more}


def lane(country: str, origin: str, destination: str, weight: str, **more: Any) -> Body:
    """One piece between two postcodes of a country."""
    return {"origin": {"country": country, "postal": origin}, **to(country, destination, weight), **more}


def ports(origin: str, destination: str, weight: str, **more: Any) -> Body:
    """One piece between two ports or airports by their codes."""
    return {"origin": {"code": origin}, "destination": {"code": destination}, "pieces": [{"weight": weight}], **more}
