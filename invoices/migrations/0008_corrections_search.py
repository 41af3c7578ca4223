import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0007_review_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MachineReading',
            fields=[
                ('invoice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='machine_reading', serialize=False, to='invoices.invoice')),
                ('data', models.JSONField(help_text='The invoice as in results.json.')),
                ('evidence', models.JSONField(default=dict, help_text='Field → method, text and place, lines and taxes included.')),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='invoice',
            name='assignee',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invoice',
            name='first_approved_at',
            field=models.DateTimeField(blank=True, help_text='One person approved; the amount asks for a second. Any change undoes it.', null=True),
        ),
        migrations.AddField(
            model_name='invoice',
            name='first_approved_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invoice',
            name='search',
            field=django.contrib.postgres.search.SearchVectorField(editable=False, help_text='The words of fields, lines and document: invoices.search.words.', null=True),
        ),
        migrations.AddField(
            model_name='invoicereason',
            name='accepted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invoicereason',
            name='accepted_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invoicereason',
            name='accepted_why',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='invoicereason',
            name='origin',
            field=models.CharField(choices=[('reading', 'noticed while the document was read'), ('rules', 'found by the rules of the books')], default='rules', max_length=8),
        ),
        migrations.AlterField(
            model_name='invoicereason',
            name='code',
            field=models.CharField(max_length=60),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('status', 'needs_review')), fields=['confidence', 'created_at'], name='invoice_queue_worst'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['created_at', 'id'], name='invoice_created'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['updated_at', 'id'], name='invoice_updated'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['invoice_date', 'id'], name='invoice_dated'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['due_date', 'id'], name='invoice_due'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['total_amount', 'id'], name='invoice_total'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee', 'created_at'], name='invoice_assignee'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['decided_at'], name='invoice_decided'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='invoice_search'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('search__isnull', True)), fields=['id'], name='invoice_search_missing'),
        ),
        migrations.AddIndex(
            model_name='invoicereason',
            index=models.Index(fields=['code', 'invoice'], name='invoice_reason_code'),
        ),
        migrations.AddConstraint(
            model_name='invoicereason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invoice_reason_accepted_by_somebody'),
        ),
        # Evidence and search words are seldom read: out of the rows, so that lists touch few pages.
        migrations.RunSQL(
            "ALTER TABLE invoices_invoice SET (toast_tuple_target = 256)",
            "ALTER TABLE invoices_invoice RESET (toast_tuple_target)",
        ),
        # What only readers give; a correction's new check would not find it again.
        migrations.RunSQL(
            """
            UPDATE invoices_invoicereason SET origin = 'reading' WHERE code IN (
                'conflicting_values', 'weak_evidence', 'unreadable_value', 'value_not_in_document',
                'value_without_evidence', 'readings_differ', 'several_invoices', 'embedded_xml_unusable',
                'garbage_text_layer', 'page_unreadable', 'pages_left_out', 'rows_left_out', 'content_cut',
                'hidden_sheet', 'budget_exceeded'
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
