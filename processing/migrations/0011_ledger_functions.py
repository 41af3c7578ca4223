from django.db import migrations

# A call costs two statements instead of twenty, and the rows that all calls share are locked within one of them: not
# while a worker that has too much to do comes to its next statement.
# The order of locks is that of everything that touches the ledger: job, batch, budgets by id.
RESERVE = """
CREATE FUNCTION processing_reserve_call(
    p_call uuid, p_job uuid, p_batch uuid, p_lease_token uuid, p_owner bigint, p_worst numeric, p_month text,
    p_month_budget numeric, p_stem text, p_model text, p_provider text, p_prompt_version text, p_max_output_tokens integer,
    OUT refused_by text, OUT refused_key text, OUT attempt integer
) LANGUAGE plpgsql AS $$
DECLARE
    owned bigint[];
    shared record;
    has_month boolean := false;
BEGIN
    PERFORM FROM processing_processingjob AS job WHERE job.id = p_job
        AND (p_lease_token IS NULL OR job.lease_token = p_lease_token)
        AND (job.budget_usd IS NULL OR job.budget_usd >= job.spent_usd + job.reserved_usd + job.overrun_usd + p_worst)
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        refused_by := 'job'; refused_key := p_job; RETURN;
    END IF;
    IF p_batch IS NOT NULL THEN
        PERFORM FROM processing_batch AS batch WHERE batch.id = p_batch AND (batch.budget_usd IS NULL
            OR batch.budget_usd >= batch.spent_usd + batch.reserved_usd + batch.overrun_usd + p_worst)
            FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            refused_by := 'batch'; refused_key := p_batch; RETURN;
        END IF;
    END IF;
    FOR shared IN
        SELECT * FROM processing_budget AS budget
        WHERE (budget.scope = 'month' AND budget.key = p_month)
            OR (budget.scope = 'user' AND budget.key = p_owner::text)
            OR (budget.scope = 'role' AND budget.key IN (
                SELECT name FROM auth_group JOIN auth_user_groups ON group_id = auth_group.id WHERE user_id = p_owner))
        ORDER BY budget.id FOR NO KEY UPDATE
    LOOP
        IF shared.scope = 'month' THEN
            has_month := shared.followed_usd IS NOT DISTINCT FROM p_month_budget;
        END IF;
        IF shared.budget_usd < shared.spent_usd + shared.reserved_usd + shared.overrun_usd + p_worst THEN
            refused_by := 'budget'; refused_key := shared.id;
        END IF;
        owned := owned || shared.id;
    END LOOP;
    IF NOT has_month THEN
        refused_by := 'month'; refused_key := p_month;
    END IF;
    IF refused_by IS NOT NULL THEN
        RETURN;
    END IF;
    -- The job's row is locked: no other attempt of it can get the same number.
    SELECT COALESCE(max(call.attempt) + 1, 0) INTO attempt FROM processing_llmcall AS call WHERE call.job_id = p_job;
    INSERT INTO processing_llmcall (id, job_id, batch_id, run_id, attempt, model, provider, prompt_version, state,
        reserved_usd, cost_usd, overrun_usd, max_output_tokens, input_tokens, cached_input_tokens, output_tokens,
        outcome, finish_reason, error_message, request_id, raw_reply, started_at)
    VALUES (p_call, p_job, p_batch, p_stem || '-' || attempt, attempt, p_model, p_provider, p_prompt_version, 'reserved',
        p_worst, 0, 0, p_max_output_tokens, 0, 0, 0, '', '', '', '', '', statement_timestamp());
    INSERT INTO processing_llmcall_budgets (llmcall_id, budget_id) SELECT p_call, unnest(owned);
    UPDATE processing_processingjob SET reserved_usd = reserved_usd + p_worst WHERE id = p_job;
    UPDATE processing_batch SET reserved_usd = reserved_usd + p_worst WHERE id = p_batch;
    UPDATE processing_budget SET reserved_usd = reserved_usd + p_worst WHERE id = ANY (owned);
END $$;
"""
SETTLE = """
CREATE FUNCTION processing_settle_call(
    p_call uuid, p_cost numeric, p_input_tokens integer, p_cached_input_tokens integer, p_output_tokens integer,
    p_outcome text, p_finish_reason text, p_error_message text, p_request_id text, p_raw_reply text,
    p_first_token_seconds double precision, p_elapsed_seconds double precision,
    OUT known boolean, OUT changed boolean, OUT reserved numeric, OUT cost numeric, OUT overrun numeric
) LANGUAGE plpgsql AS $$
DECLARE
    call processing_llmcall;
    released numeric := 0;
    spent numeric;
    link record;
BEGIN
    SELECT * INTO call FROM processing_llmcall WHERE id = p_call FOR NO KEY UPDATE;
    known := call.id IS NOT NULL;
    changed := known AND NOT (call.state = 'settled' OR (call.state = 'worst_case' AND p_cost IS NULL));
    reserved := call.reserved_usd; cost := 0; overrun := 0;
    IF NOT changed THEN
        RETURN;
    END IF;
    cost := COALESCE(p_cost, call.reserved_usd);
    overrun := GREATEST(cost - call.reserved_usd, 0);
    spent := cost - overrun;
    IF call.state = 'reserved' THEN
        released := call.reserved_usd;
    ELSE
        spent := spent - call.reserved_usd;  -- it was counted at its worst case
    END IF;
    UPDATE processing_llmcall SET state = CASE WHEN p_cost IS NULL THEN 'worst_case' ELSE 'settled' END,
        cost_usd = cost, overrun_usd = overrun, input_tokens = p_input_tokens,
        cached_input_tokens = p_cached_input_tokens, output_tokens = p_output_tokens, outcome = p_outcome,
        finish_reason = p_finish_reason, error_message = p_error_message, request_id = p_request_id,
        raw_reply = p_raw_reply, first_token_seconds = p_first_token_seconds, elapsed_seconds = p_elapsed_seconds,
        finished_at = statement_timestamp()
    WHERE id = p_call;
    UPDATE processing_processingjob SET reserved_usd = reserved_usd - released, spent_usd = spent_usd + spent,
        overrun_usd = overrun_usd + overrun WHERE id = call.job_id;
    UPDATE processing_batch SET reserved_usd = reserved_usd - released, spent_usd = spent_usd + spent,
        overrun_usd = overrun_usd + overrun WHERE id = call.batch_id;
    FOR link IN SELECT budget_id FROM processing_llmcall_budgets WHERE llmcall_id = p_call ORDER BY budget_id LOOP
        UPDATE processing_budget SET reserved_usd = reserved_usd - released, spent_usd = spent_usd + spent,
            overrun_usd = overrun_usd + overrun WHERE id = link.budget_id;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("processing", "0010_newest_first"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunSQL(RESERVE, "DROP FUNCTION processing_reserve_call"),
        migrations.RunSQL(SETTLE, "DROP FUNCTION processing_settle_call"),
    ]
