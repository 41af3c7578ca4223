from django.db import migrations

ROLES = ["viewer", "operator", "reviewer", "admin"]


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("invoices", "0002_document_types"),
    ]

    # Groups with people in them stay when the migration is undone.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
