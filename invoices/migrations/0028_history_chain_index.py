from django.db import connection, migrations, models

_INVOICES_AT_ONCE = 500


def chain_older(apps: object, schema_editor: object) -> None:
    """Take the rows of before into their chains, some invoices at a time: nothing is held for long."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT invoices_chain_older(invoice_id) FROM (SELECT DISTINCT invoice_id FROM invoices_invoicechange "
                "WHERE position IS NULL ORDER BY invoice_id LIMIT %s) AS older",
                [_INVOICES_AT_ONCE],
            )
            if not cursor.fetchall():
                return


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("invoices", "0027_history_chain")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "DROP INDEX CONCURRENTLY IF EXISTS invoice_change_once_a_position",
                        "CREATE UNIQUE INDEX CONCURRENTLY invoice_change_once_a_position "
                        "ON invoices_invoicechange (invoice_id, position)",
                        "ALTER TABLE invoices_invoicechange ADD CONSTRAINT invoice_change_once_a_position "
                        "UNIQUE USING INDEX invoice_change_once_a_position",
                    ],
                    "ALTER TABLE invoices_invoicechange DROP CONSTRAINT invoice_change_once_a_position",
                )
            ],
            state_operations=[
                migrations.AddConstraint(
                    "invoicechange",
                    models.UniqueConstraint(
                        fields=["invoice", "position"], name="invoice_change_once_a_position"
                    ),
                )
            ],
        ),
        migrations.RunPython(chain_older, migrations.RunPython.noop),
    ]
