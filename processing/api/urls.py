from django.urls import path

from processing.api import batches, boundaries, cells, documents, inbound, jobs, legal_hold, pages, spend

urlpatterns = [
    path("batches/", batches.BatchList.as_view(), name="batch-list"),
    path("batches/<uuid:pk>/", batches.BatchDetail.as_view(), name="batch-detail"),
    path("batches/<uuid:pk>/documents/", batches.BatchDocuments.as_view(), name="batch-documents"),
    path("batches/<uuid:pk>/pause/", batches.BatchPause.as_view(), name="batch-pause"),
    path("batches/<uuid:pk>/resume/", batches.BatchResume.as_view(), name="batch-resume"),
    path("batches/<uuid:pk>/cancel/", batches.BatchCancel.as_view(), name="batch-cancel"),
    path("batches/<uuid:pk>/retry/", batches.BatchRetry.as_view(), name="batch-retry"),
    path("batches/<uuid:pk>/results/", batches.BatchResults.as_view(), name="batch-results"),
    path("budgets/", spend.BudgetList.as_view(), name="budget-list"),
    path("budgets/<int:pk>/", spend.BudgetDetail.as_view(), name="budget-detail"),
    path("documents/", documents.DocumentList.as_view(), name="document-list"),
    path("documents/<uuid:pk>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("documents/<uuid:pk>/file/", documents.DocumentFile.as_view(), name="document-file"),
    path("documents/<uuid:pk>/pages/<int:number>.png", documents.DocumentPage.as_view(), name="document-page"),
    path("documents/<uuid:pk>/pages/<int:number>/words/", pages.PageWords.as_view(), name="document-words"),
    path("documents/<uuid:pk>/boundaries/", boundaries.DocumentBoundaries.as_view(), name="document-boundaries"),
    path("documents/<uuid:pk>/legal-hold/", legal_hold.DocumentLegalHold.as_view(), name="document-legal-hold"),
    path("documents/<uuid:pk>/cells/", cells.DocumentCells.as_view(), name="document-cells"),
    path("inbound/<uuid:source_id>/", inbound.Inbound.as_view(), name="inbound"),
    path("jobs/", jobs.JobList.as_view(), name="job-list"),
    path("jobs/stats/", jobs.JobStats.as_view(), name="job-stats"),
    path("jobs/<uuid:pk>/", jobs.JobDetail.as_view(), name="job-detail"),
    path("jobs/<uuid:pk>/retry/", jobs.JobRetry.as_view(), name="job-retry"),
    path("jobs/<uuid:pk>/cancel/", jobs.JobCancel.as_view(), name="job-cancel"),
    path("spend/", spend.Spend.as_view(), name="spend"),
]
