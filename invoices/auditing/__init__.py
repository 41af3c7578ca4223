"""What an invoice of a carrier bills beside what its rate cards give. Pure, Decimal.

``audit_invoice(invoice, prices)`` puts the lines together to shipments, prices each by the carrier's cards and gives a
``FindingData`` for each charge that differs. It errs on the carrier's side: where a line can be understood in several
ways, or several services fit, a charge is only found too high if it is above all of them.
"""

from invoices.auditing.audit import audit_invoice
from invoices.auditing.records import AUDIT_REASONS, FindingCode, FindingData, Prices

__all__ = ["AUDIT_REASONS", "FindingCode", "FindingData", "Prices", "audit_invoice"]
