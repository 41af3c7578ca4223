from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invoices', '0011_rate_places'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('status__in', ['needs_review', 'ready'])), fields=['status', 'confidence', 'created_at', 'id'], name='invoice_queue_open'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['currency'], name='invoice_currency'),
        ),
    ]
