"""E-invoices: UBL, CII, ZUGFeRD 1 and FatturaPA."""
