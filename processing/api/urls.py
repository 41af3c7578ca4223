from django.urls import path

from processing.api import documents, inbound, jobs, pages

urlpatterns = [
    path("documents/", documents.DocumentList.as_view(), name="document-list"),
    path("documents/<uuid:pk>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("documents/<uuid:pk>/file/", documents.DocumentFile.as_view(), name="document-file"),
    path("documents/<uuid:pk>/pages/<int:number>.png", documents.DocumentPage.as_view(), name="document-page"),
    path("documents/<uuid:pk>/pages/<int:number>/words/", pages.PageWords.as_view(), name="document-words"),
    path("inbound/<uuid:source_id>/", inbound.Inbound.as_view(), name="inbound"),
    path("jobs/", jobs.JobList.as_view(), name="job-list"),
    path("jobs/stats/", jobs.JobStats.as_view(), name="job-stats"),
    path("jobs/<uuid:pk>/", jobs.JobDetail.as_view(), name="job-detail"),
    path("jobs/<uuid:pk>/retry/", jobs.JobRetry.as_view(), name="job-retry"),
    path("jobs/<uuid:pk>/cancel/", jobs.JobCancel.as_view(), name="job-cancel"),
]
