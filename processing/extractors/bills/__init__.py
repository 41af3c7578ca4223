"""Carriers' bills read by their shape into shipments and charges: see ``read_bill``."""

from processing.extractors.bills.read import read_bill

__all__ = ["read_bill"]
