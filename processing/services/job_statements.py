"""The SQL of a job's way, which `jobs` alone uses."""

from __future__ import annotations

# As SQL, because every job passes here, several times: the ORM takes ten times as long to write the same words.
# The conditions stand on the row itself: PostgreSQL looks at them again after it waited for another worker's UPDATE of
# the row. In a subquery it would not, and every waiting worker would get the job.
CLAIM = """
WITH claimed AS (
    UPDATE processing_processingjob SET status = 'processing', stage = %(stage)s, attempts = attempts + 1,
        lease_token = %(token)s, lease_until = statement_timestamp() + %(lease)s, not_before = NULL, waits_for = '',
        started_at = COALESCE(started_at, statement_timestamp())
    WHERE id = %(id)s AND status = 'pending' AND NOT cancel_requested AND attempts < max_attempts
        AND (not_before IS NULL OR not_before <= statement_timestamp())
        AND NOT EXISTS (SELECT FROM processing_batch WHERE processing_batch.id = processing_processingjob.batch_id
            AND processing_batch.status IN ('paused', 'cancelled'))
    RETURNING *
), begun AS (
    INSERT INTO processing_jobstage (job_id, attempt, stage, started_at)
    SELECT id, attempts, stage, statement_timestamp() FROM claimed WHERE stage <> ''
)
SELECT {columns} FROM claimed JOIN processing_document ON processing_document.id = claimed.document_id
"""
# The stages that the database has not been told of yet: times are seconds before now, so that no clock but its own
# counts. ``{held}`` is the conditional UPDATE of the job.
WITH_STAGES = """
WITH held AS ({held} RETURNING id), closed AS (
    UPDATE processing_jobstage SET finished_at = statement_timestamp() - %(closed_ago)s * interval '1 second'
    WHERE job_id = %(id)s AND attempt = %(attempt)s AND finished_at IS NULL AND EXISTS (SELECT FROM held)
), passed AS (
    INSERT INTO processing_jobstage (job_id, attempt, stage, started_at, finished_at)
    SELECT %(id)s, %(attempt)s, noted.stage, statement_timestamp() - noted.began_ago * interval '1 second',
        statement_timestamp() - noted.ended_ago * interval '1 second'
    FROM unnest(%(stages)s::text[], %(began_ago)s::float8[], %(ended_ago)s::float8[])
        AS noted(stage, began_ago, ended_ago)
    WHERE EXISTS (SELECT FROM held)
)
SELECT count(*) FROM held
"""
ENTER = """
UPDATE processing_processingjob SET stage = %(stage)s
WHERE id = %(id)s AND lease_token = %(token)s AND status = 'processing' AND NOT cancel_requested
"""
END = """
UPDATE processing_processingjob SET status = %(status)s, outcome = %(outcome)s, method = %(method)s,
    confidence = %(confidence)s, raw_response = %(raw_response)s, error_code = %(error_code)s,
    error_message = %(error_message)s, stage = COALESCE(%(stage)s, stage), finished_at = statement_timestamp(),
    lease_token = NULL, lease_until = NULL, not_before = NULL
WHERE id = %(id)s AND lease_token = %(token)s AND status = 'processing'
"""
