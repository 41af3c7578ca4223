from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# A value is digested with the salt of its row, so that a digest that outlives an erased value cannot be guessed from.
_DIGESTS = """
CREATE FUNCTION invoices_value_digest(salt uuid, value text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN value IS NULL THEN '' ELSE encode(sha256(convert_to(salt::text || value, 'UTF8')), 'hex') END
$$;
CREATE FUNCTION invoices_change_hash(
    before text, invoice uuid, place integer, version integer, digests text[], changed_at timestamptz, person integer,
    field text
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\n', before, invoice, place, version, digests[1], digests[2],
        digests[3], to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(person::text, ''), field), 'UTF8')), 'hex')
$$;
"""

# One chain an invoice: who adds to it holds the invoice's row, which who changes the invoice does anyway. Rows from
# before the chain are taken into it when the next one comes (or by the migration that follows).
_CHAIN = """
CREATE FUNCTION invoices_chain_older(of_invoice uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    older record;
    place integer;
    before text;
    new_salt uuid;
    chained integer := 0;
BEGIN
    PERFORM 1 FROM invoices_invoice WHERE id = of_invoice FOR NO KEY UPDATE;
    SELECT c.position, c.hash INTO place, before FROM invoices_invoicechange c
        WHERE c.invoice_id = of_invoice AND c.position IS NOT NULL ORDER BY c.position DESC LIMIT 1;
    place := coalesce(place, 0);
    before := coalesce(before, '');
    FOR older IN SELECT * FROM invoices_invoicechange c
        WHERE c.invoice_id = of_invoice AND c.position IS NULL ORDER BY c.id
    LOOP
        place := place + 1;
        new_salt := gen_random_uuid();
        before := invoices_change_hash(before, of_invoice, place, older.version, ARRAY[
            invoices_value_digest(new_salt, older.old::text), invoices_value_digest(new_salt, older.new::text),
            invoices_value_digest(new_salt, nullif(older.why, ''))], older.changed_at, older.changed_by_id,
            older.field);
        UPDATE invoices_invoicechange SET position = place, salt = new_salt, hash = before WHERE id = older.id;
        chained := chained + 1;
    END LOOP;
    RETURN chained;
END $$;
CREATE FUNCTION invoices_chain_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place integer;
    before text;
BEGIN
    PERFORM 1 FROM invoices_invoice WHERE id = NEW.invoice_id FOR NO KEY UPDATE;
    SELECT c.position, c.hash INTO place, before FROM invoices_invoicechange c
        WHERE c.invoice_id = NEW.invoice_id ORDER BY c.position DESC LIMIT 1;
    IF FOUND AND place IS NULL THEN
        PERFORM invoices_chain_older(NEW.invoice_id);
        SELECT c.position, c.hash INTO place, before FROM invoices_invoicechange c
            WHERE c.invoice_id = NEW.invoice_id ORDER BY c.position DESC LIMIT 1;
    END IF;
    NEW.position := coalesce(place, 0) + 1;
    NEW.salt := gen_random_uuid();
    NEW.digests := NULL;
    NEW.erased_at := NULL;
    NEW.hash := invoices_change_hash(coalesce(before, ''), NEW.invoice_id, NEW.position, NEW.version, ARRAY[
        invoices_value_digest(NEW.salt, NEW.old::text), invoices_value_digest(NEW.salt, NEW.new::text),
        invoices_value_digest(NEW.salt, nullif(NEW.why, ''))], NEW.changed_at, NEW.changed_by_id, NEW.field);
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_chain_change BEFORE INSERT ON invoices_invoicechange
    FOR EACH ROW EXECUTE FUNCTION invoices_chain_change();
"""

# What may happen to a row of the history: it is taken into the chain, once; its values are erased, once, and their
# digests stay.
_KEEP = """
CREATE FUNCTION invoices_keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.position IS NULL
            AND to_jsonb(NEW) - '{position,salt,hash}'::text[] = to_jsonb(OLD) - '{position,salt,hash}'::text[]
        THEN
            RETURN NEW;
        END IF;
        IF OLD.position IS NOT NULL AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
            AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.why = ''
            AND to_jsonb(NEW) - '{old,new,why,salt,digests,erased_at}'::text[]
                = to_jsonb(OLD) - '{old,new,why,salt,digests,erased_at}'::text[]
        THEN
            NEW.digests := ARRAY[
                invoices_value_digest(OLD.salt, OLD.old::text), invoices_value_digest(OLD.salt, OLD.new::text),
                invoices_value_digest(OLD.salt, nullif(OLD.why, ''))];
            NEW.salt := NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The history of an invoice is only ever added to (% of %).', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER invoices_keep_change BEFORE UPDATE OR DELETE ON invoices_invoicechange
    FOR EACH ROW EXECUTE FUNCTION invoices_keep_change();
CREATE TRIGGER invoices_keep_changes BEFORE TRUNCATE ON invoices_invoicechange
    FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_change();
"""

# For histories without a chain: the arguments are columns that may change (a row that moves to the vendor that another
# was merged into, a name that is erased).
APPEND_ONLY = """
CREATE FUNCTION invoices_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV::text[] = to_jsonb(OLD) - TG_ARGV::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A history is only ever added to (% of %).', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def guarded(table: str, *may_change: str) -> str:
    """Triggers that keep the rows of a history as they were written, but for some columns."""
    arguments = ", ".join(f"'{column}'" for column in may_change)
    return f"""
CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION invoices_append_only({arguments});
CREATE TRIGGER history_kept_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION invoices_append_only();
"""


def unguarded(table: str) -> str:
    return f"DROP TRIGGER history_kept ON {table}; DROP TRIGGER history_kept_whole ON {table};"


_UNDO = """
DROP TRIGGER invoices_keep_changes ON invoices_invoicechange;
DROP TRIGGER invoices_keep_change ON invoices_invoicechange;
DROP TRIGGER invoices_chain_change ON invoices_invoicechange;
DROP FUNCTION invoices_keep_change();
DROP FUNCTION invoices_chain_change();
DROP FUNCTION invoices_chain_older(uuid);
DROP FUNCTION invoices_change_hash(text, uuid, integer, integer, text[], timestamptz, integer, text);
DROP FUNCTION invoices_value_digest(uuid, text);
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0026_vendor_memory")]

    operations = [
        migrations.AddField(
            "invoicechange",
            "position",
            models.PositiveIntegerField(editable=False, help_text="In the chain of its invoice, from 1.", null=True),
        ),
        migrations.AddField("invoicechange", "salt", models.UUIDField(editable=False, null=True)),
        migrations.AddField(
            "invoicechange", "hash", models.CharField(db_default="", default="", editable=False, max_length=64)
        ),
        migrations.AddField(
            "invoicechange",
            "digests",
            ArrayField(models.CharField(max_length=64, blank=True), editable=False, null=True),
        ),
        migrations.AddField("invoicechange", "erased_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(_DIGESTS + _CHAIN + _KEEP, _UNDO),
        migrations.RunSQL(
            APPEND_ONLY + guarded("invoices_ratecardchange") + guarded("invoices_vendorchange", "vendor_id"),
            unguarded("invoices_ratecardchange")
            + unguarded("invoices_vendorchange")
            + "DROP FUNCTION invoices_append_only();",
        ),
    ]
