from django.urls import path

from invoices.api.rate_cards import cards, decisions, exports, quotes, rows

urlpatterns = [
    path("", cards.RateCardList.as_view(), name="rate-card-list"),
    path("quote/", quotes.QuoteView.as_view(), name="rate-card-quote"),
    path("<uuid:pk>/", cards.RateCardDetail.as_view(), name="rate-card-detail"),
    path("<uuid:pk>/rates/", rows.RateList.as_view(), name="rate-card-rates"),
    path("<uuid:pk>/zones/", rows.ZoneList.as_view(), name="rate-card-zones"),
    path("<uuid:pk>/surcharges/", rows.SurchargeList.as_view(), name="rate-card-surcharges"),
    path("<uuid:pk>/compare/", cards.RateCardCompare.as_view(), name="rate-card-compare"),
    path("<uuid:pk>/export/", exports.RateCardExport.as_view(), name="rate-card-export"),
    path("<uuid:pk>/rules/<int:position>/set-aside/", decisions.SetRuleAside.as_view(), name="rate-card-rule-aside"),
    path("<uuid:pk>/approve/", decisions.Approve.as_view(), name="rate-card-approve"),
    path("<uuid:pk>/reject/", decisions.Reject.as_view(), name="rate-card-reject"),
    path("<uuid:pk>/supersede/", decisions.Supersede.as_view(), name="rate-card-supersede"),
]
