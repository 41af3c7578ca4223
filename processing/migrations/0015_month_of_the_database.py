from importlib import import_module

from django.db import migrations

# The month is the database's, and its ceiling that of its row: what a process was started with is not looked at. Beside
# the function of the release before, which has one argument more and goes with the next one.
_BEFORE: str = import_module("processing.migrations.0011_ledger_functions").RESERVE
_CHANGES = (
    ("p_worst numeric, p_month text,\n    p_month_budget numeric, p_stem", "p_worst numeric, p_stem"),
    (
        "    has_month boolean := false;\n",
        "    has_month boolean := false;\n"
        "    month text := to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM');\n",
    ),
    ("budget.key = p_month)", "budget.key = month)"),
    ("has_month := shared.followed_usd IS NOT DISTINCT FROM p_month_budget;", "has_month := true;"),
    ("refused_key := p_month;", "refused_key := month;"),
)


def reserve_function() -> str:
    text = _BEFORE
    for before, after in _CHANGES:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


class Migration(migrations.Migration):
    dependencies = [("processing", "0014_inbound_secret_before")]

    operations = [
        migrations.RunSQL(
            reserve_function(),
            "DROP FUNCTION processing_reserve_call(uuid, uuid, uuid, uuid, bigint, numeric, text, text, text, text, integer)",
        )
    ]
