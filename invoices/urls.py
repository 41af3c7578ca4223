"""Pages of the web UI about rate cards, and invoices to take along."""

from django.urls import path

from invoices.views import downloads, rate_cards

urlpatterns = [
    path("invoices/<uuid:invoice_id>/<str:form>/", downloads.invoice_download, name="invoice-download"),
    path("rate-cards/", rate_cards.rate_card_list, name="rate-cards"),
    path("rate-cards/quote/", rate_cards.quote_page, name="quote"),
    path("rate-cards/<uuid:card_id>/", rate_cards.rate_card_page, name="rate-card"),
]
