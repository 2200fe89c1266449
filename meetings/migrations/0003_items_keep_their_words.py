"""Items and meetings take over the words and keys of the clauses that announce them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_over(apps, schema_editor):
    clause = apps.get_model("documents", "Clause").objects
    items = apps.get_model("meetings", "AgendaItem").objects
    meetings = apps.get_model("meetings", "Meeting").objects
    of_item, of_meeting = clause.filter(pk=OuterRef("clause")), clause.filter(pk=OuterRef("section"))
    items.filter(clause__isnull=False).update(
        text=Subquery(of_item.values("text")[:1]), clause_key=Subquery(of_item.values("public_id")[:1])
    )
    meetings.filter(section__isnull=False).update(section_key=Subquery(of_meeting.values("public_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_meetings_live_on")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
