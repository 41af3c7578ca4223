from django.urls import path

from invoices.api import decisions, exports, invoices

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
]
