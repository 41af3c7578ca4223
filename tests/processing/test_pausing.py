"""A single job that a person holds back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from processing.models import ProcessingJob
from processing.services.jobs import cancel_job, claim_job
from processing.services.pausing import pause_job, resume_job
from processing.workers.sweeping import sweep_jobs
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db


def test_a_held_job_is_neither_claimed_nor_woken_until_it_goes_on() -> None:
    job = make_job()
    ProcessingJob.objects.filter(id=job.id).update(created_at=timezone.now() - timedelta(hours=1))
    assert pause_job(job_id=job.id)
    assert claim_job(job_id=job.id) is None
    assert sweep_jobs().woken == 0
    assert resume_job(job_id=job.id)
    assert OrmQ.objects.count() == 1
    assert claim_job(job_id=job.id) is not None


def test_what_runs_or_has_ended_is_not_held_and_what_is_held_can_be_cancelled() -> None:
    running, held = make_job(), make_job()
    claim_job(job_id=running.id)
    assert not pause_job(job_id=running.id)
    assert not resume_job(job_id=running.id)
    assert pause_job(job_id=held.id)
    assert cancel_job(job_id=held.id)
    assert not resume_job(job_id=held.id)


def test_the_list_of_jobs_holds_and_lets_go(client: Client) -> None:
    client.force_login(User.objects.create_superuser("dana"))
    job = make_job()
    url = reverse("admin:processing_processingjob_changelist")
    client.post(url, {"action": "pause", "_selected_action": [str(job.id)]})
    assert claim_job(job_id=job.id) is None
    client.post(url, {"action": "resume", "_selected_action": [str(job.id)]})
    assert claim_job(job_id=job.id) is not None
