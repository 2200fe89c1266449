"""Papers that were issued before the register existed are entered with the numbers they bear.

A paper whose number another one holds already, or whose date is no day, is not entered: it bears a
number and has no entry, and so the page of the book shows it until the registrar settles it.
"""

import datetime as dt
import json
import unicodedata

from django.db import migrations
from django.db.models import Q

NUMBERED = ("issued", "amended", "revoked")
MARKS = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}


def fold(text):
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).split())


def scope(apps, document, day):
    """The term of a party body, else the calendar year."""
    if document.issuing_body.regime == "party":
        terms = apps.get_model("agencies", "Term").objects.filter(
            Q(until=None) | Q(until__gte=day), issuing_body=document.issuing_body_id, since__lte=day
        )
        term = terms.order_by("-since").first()
        if term:
            return f"t{term.pk}", f"nhiệm kỳ {term.name}"
    return str(day.year), f"năm {day.year}"


def secrecy(apps, document):
    """The degree of secrecy: what its row says, else the mark that the issued paper bears."""
    if document.secrecy:
        return document.secrecy
    if document.urgency in MARKS:
        return MARKS[document.urgency]
    snapshot = apps.get_model("documents", "Snapshot").objects.filter(document=document.pk).first()
    said = json.loads(snapshot.paper) if snapshot else {}
    return MARKS.get(said.get("secrecy") or said.get("urgency") or "", "")


def day_of(document):
    """The date of the paper, None for one that no calendar has."""
    try:
        return dt.date(document.year, document.month, document.day)
    except ValueError:
        return None


def enter(apps, schema_editor):
    Document = apps.get_model("documents", "Document")
    Series = apps.get_model("documents", "NumberSeries")
    Entry = apps.get_model("documents", "RegisterEntry")
    rows = Document.objects.filter(
        state__in=NUMBERED, number__gte=1, year__isnull=False, month__isnull=False, day__isnull=False
    ).exclude(pk__in=Entry.objects.exclude(document=None).values("document"))
    for document in rows.select_related("issuing_body").order_by("year", "month", "day", "number", "pk"):
        day = day_of(document)
        if day is None:
            continue
        degree = secrecy(apps, document)
        if degree != document.secrecy:
            Document.objects.filter(pk=document.pk).update(secrecy=degree)
        key, name = scope(apps, document, day)
        series, _new = Series.objects.get_or_create(
            issuing_body=document.issuing_body, scope=key, group=document.kind_code,
            secret=bool(degree) and document.issuing_body.regime == "state",
            defaults={"scope_name": name, "start": document.number, "last": document.number},
        )
        if Entry.objects.filter(series=series, number=document.number).exists():
            continue
        Series.objects.filter(pk=series.pk, last__lt=document.number).update(last=document.number)
        Series.objects.filter(pk=series.pk, start__gt=document.number).update(start=document.number)
        title = f"{document.kind.capitalize()} {' '.join(document.subject.split())}".strip() or document.kind_code
        recipients = "; ".join(document.recipients.order_by("position").values_list("text", flat=True))
        Entry.objects.create(
            series=series, number=document.number, state="used", document=document, notation=document.notation,
            dated_on=day, title=title, signer=document.signing_name or document.signing_position,
            recipients=recipients, folded=fold(f"{document.notation} {title} {recipients}"),
            at=document.updated_at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_manner_of_standing_in"),
        ("documents", "0003_registers_versions_reviews_silences"),
    ]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
