"""Pages of the web UI about documents and jobs."""

from django.urls import path

from processing.views import documents, jobs, results, spend, upload

urlpatterns = [
    path("", documents.document_list, name="home"),
    path("upload/", upload.upload, name="upload"),
    path("jobs/<uuid:job_id>/", jobs.job_page, name="job"),
    path("jobs/<uuid:job_id>/row/", documents.job_row, name="job-row"),
    path("jobs/<uuid:job_id>/do/", jobs.job_action, name="job-action"),
    path("documents/<uuid:document_id>/", results.result_page, name="result"),
    path("spend/", spend.spend_page, name="my-spend"),
]
