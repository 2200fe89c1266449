"""Entries of before get the issuing body of their meeting."""

from typing import Any

from django.db import migrations

from audit.guards import opening

TABLE = "meetings_meetinglog"


def fill(apps: Any, schema_editor: Any) -> None:
    """The log is closed again at the end of ``migrate``."""
    for statement in opening(schema_editor.connection.vendor, TABLE):
        schema_editor.execute(statement)
    schema_editor.execute(
        f"UPDATE {TABLE} SET issuing_body_id = (SELECT d.issuing_body_id FROM meetings_meeting d"
        f" WHERE d.id = {TABLE}.meeting_id) WHERE issuing_body_id IS NULL AND meeting_id IS NOT NULL"
    )


class Migration(migrations.Migration):
    dependencies = (("meetings", "0005_log_knows_for_whom"),)

    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
