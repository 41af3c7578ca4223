from django.urls import path

from invoicesite.webhooks import api

urlpatterns = [
    path("webhooks/", api.WebhookList.as_view(), name="webhook-list"),
    path("webhooks/callback-secret/", api.CallbackSecretView.as_view(), name="webhook-callback-secret"),
    path("webhooks/<uuid:pk>/", api.WebhookDetail.as_view(), name="webhook-detail"),
    path("webhooks/<uuid:pk>/rotate-secret/", api.WebhookSecret.as_view(), name="webhook-rotate-secret"),
    path("webhooks/<uuid:pk>/test/", api.WebhookTest.as_view(), name="webhook-test"),
    path("webhooks/<uuid:pk>/deliveries/", api.DeliveryList.as_view(), name="webhook-deliveries"),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery_pk>/replay/",
        api.DeliveryReplay.as_view(),
        name="webhook-replay",
    ),
]
