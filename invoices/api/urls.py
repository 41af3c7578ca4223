from django.urls import path

from invoices.api import decisions, exports, findings, invoices

urlpatterns = [
    path("invoices/", invoices.InvoiceList.as_view(), name="invoice-list"),
    path("invoices/approve/", decisions.BulkApprove.as_view(), name="invoice-bulk-approve"),
    path("invoices/export/", exports.InvoiceExport.as_view(), name="invoice-export"),
    path("invoices/<uuid:pk>/", invoices.InvoiceDetail.as_view(), name="invoice-detail"),
    path("invoices/<uuid:pk>/preview/", invoices.InvoicePreview.as_view(), name="invoice-preview"),
    path("invoices/<uuid:pk>/history/", invoices.InvoiceHistory.as_view(), name="invoice-history"),
    path("invoices/<uuid:pk>/approve/", decisions.Approve.as_view(), name="invoice-approve"),
    path("invoices/<uuid:pk>/reject/", decisions.Reject.as_view(), name="invoice-reject"),
    path("invoices/<uuid:pk>/reopen/", decisions.Reopen.as_view(), name="invoice-reopen"),
    path("invoices/<uuid:pk>/assign/", decisions.Assign.as_view(), name="invoice-assign"),
    path("invoices/<uuid:pk>/accept-reason/", decisions.AcceptReason.as_view(), name="invoice-accept-reason"),
    path("invoices/<uuid:pk>/ubl/", exports.InvoiceUbl.as_view(), name="invoice-ubl"),
    path("findings/", findings.FindingList.as_view(), name="finding-list"),
    path("findings/summary/", findings.FindingSummary.as_view(), name="finding-summary"),
    path("findings/<uuid:pk>/", findings.FindingDetail.as_view(), name="finding-detail"),
    path("findings/<uuid:pk>/accept/", findings.Accept.as_view(), name="finding-accept"),
    path("findings/<uuid:pk>/dispute/", findings.Dispute.as_view(), name="finding-dispute"),
    path("findings/<uuid:pk>/reopen/", findings.Reopen.as_view(), name="finding-reopen"),
]
