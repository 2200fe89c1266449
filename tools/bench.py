"""`make bench`: printing, reading and clause-saving as ratios within one run, against their bars.

Both sides of a ratio are measured alternately, and each side counts with its quickest run: what others do on
the machine only ever adds time. Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import django

Work = Callable[[], object]

TASK = (
    "Lãnh đạo, chỉ đạo các cơ quan, đơn vị, địa phương tập trung thực hiện Nghị quyết số {n}-NQ/ĐU, "
    "ngày 05/4/2026 của Ban Thường vụ Đảng ủy; đẩy nhanh tiến độ giải phóng mặt bằng các dự án trọng điểm, "
    "công tác thu ngân sách, giải ngân vốn đầu tư công; bảo đảm quốc phòng - an ninh, "
    "trật tự an toàn xã hội trên địa bàn."
)
ITEM = (
    "Báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội lần thứ {n}; "
    "phương hướng, nhiệm vụ thời gian tới"
)
NOW = dt.datetime(2026, 10, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class Table:
    """Prints rows as they are measured and remembers whether a bar was missed; ``taken`` holds seconds
    that a later row is compared with."""

    def __init__(self) -> None:
        self.missed = 0
        self.taken: dict[str, float] = {}
        print(f"{'việc':<66}{'đo được':>14}{'ngưỡng':>12}")

    def row(self, what: str, value: float, bar: float, *, unit: str = "×", least: bool = False) -> None:
        """One measured value; ``least`` means that the bar is to be reached, not to be kept under."""
        good = value >= bar if least else value <= bar
        self.missed += not good
        sign = "≥" if least else "≤"
        print(f"{what:<66}{value:>11.2f} {unit:<3}{sign:>5} {bar:g} {'' if good else '← VƯỢT'}", flush=True)

    def note(self, what: str) -> None:
        """A line that is no bar."""
        print(f"  {what}", flush=True)


def seconds(work: Work) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def side_by_side(*works: Work, rounds: int) -> list[float]:
    """Fewest seconds of each, after one warm call, measured in turn."""
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def sample(units: int, *, table: bool = False) -> Any:
    """A programme of an invented commune: ``units`` long tasks, then a meeting with as many items."""
    from paper.value import Clause, Paper, Recipient, Regime, Role, Signature
    from paper.value import Table as PaperTable

    tasks = tuple(Clause(TASK.format(n=n), f"{n}.") for n in range(1, units + 1))
    if table:
        head = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian")
        rows = [(str(n), TASK.format(n=n), "Văn phòng Đảng ủy", "Quý IV") for n in range(1, units + 1)]
        tasks = (Clause("Danh mục nhiệm vụ như sau:", table=PaperTable((head, *rows))),)
    items = tuple(Clause(ITEM.format(n=n), f"{n}.") for n in range(1, 2 if table else units + 1))
    meeting = Clause("Hội nghị Ban Thường vụ Đảng ủy: Dự kiến ngày 18/11/2026 (thứ Tư)", "1.", items)
    return Paper(
        regime=Regime.PARTY,
        superior=("ĐẢNG BỘ TỈNH BẮC NINH",),
        issuer=("ĐẢNG ỦY XÃ TÂN SƠN",),
        notation="CTr/ĐU",
        place="Tân Sơn",
        kind="CHƯƠNG TRÌNH",
        subject=("công tác tháng 11 năm 2026",),
        body=(
            Clause("Nhiệm vụ trọng tâm", "I.", tasks, Role.HEADING),
            Clause("Các hội nghị", "II.", (meeting,), Role.HEADING),
        ),
        end_mark=True,
        recipients=(Recipient("Thường trực Tỉnh ủy", "báo cáo"), Recipient("Lưu Văn phòng Đảng ủy")),
        signature=Signature(("T/L ĐẢNG ỦY",), "CHÁNH VĂN PHÒNG", "Vi Văn Chung"),
    )


def with_pages(pages: int, *, table: bool = False) -> tuple[Any, int]:
    """A sample of about so many pages, and how many it has."""
    import pikepdf

    from paper.printing import pdf

    def count(paper: Any) -> int:
        with tempfile.TemporaryFile() as target:
            target.write(pdf.render(paper))
            with pikepdf.open(target) as opened:
                return len(opened.pages)

    units = max(1, round(pages * 5.2) - 3)
    paper = sample(units, table=table)
    found = count(paper)
    if found != pages:
        paper = sample(max(1, round(units * pages / found) - 1), table=table)
        found = count(paper)
    return paper, found


def office() -> tuple[Any, Any]:
    """A programme of four pages as rows, and the person who writes it."""
    from agencies.matching import Directory
    from agencies.models import Agency, IssuingBody, Membership, Person
    from documents import services as documents
    from documents.intake.fromfile import clause_rows
    from documents.models import Clause
    from programmes import services
    from programmes.periods import Period, PeriodType

    agency = Agency.objects.create(kind="party", name="Đảng ủy xã Tân Sơn", short_name="Đảng ủy xã")
    body = IssuingBody.objects.create(
        agency=agency,
        regime="party",
        superior_lines="ĐẢNG BỘ TỈNH BẮC NINH",
        letterhead_lines="ĐẢNG ỦY XÃ TÂN SƠN",
        symbol="ĐU",
        place="Tân Sơn",
        signing_authority="T/L ĐẢNG ỦY",
        signing_position="CHÁNH VĂN PHÒNG",
        signing_name="Vi Văn Chung",
    )
    person = Person.objects.create(username="yen", full_name="Nguyễn Thị Hải Yến", email="yen@example.vn")
    since = dt.date(2020, 1, 1)
    for role in ("drafter", "chief"):
        Membership.objects.create(person=person, role=role, issuing_body=body, since=since)
    period = Period(2026, PeriodType.MONTH, 11)
    programme = services.create_programme(issuing_body=body, period=period, actor=person, now=NOW)
    Clause.objects.filter(document=programme).delete()
    paper, pages = with_pages(4)
    documents.fill(programme, clause_rows(paper, Directory(programme.form_day)))
    print(f"Chương trình mẫu: {pages} trang, {programme.clauses.count()} mục.\n")
    return programme, person


def printing(table: Table, programme: Any) -> None:
    """Rows → PDF/A against bare WeasyPrint on the same HTML, and against LibreOffice on the same DOCX."""
    from weasyprint import HTML

    from documents import services
    from documents.papers import paper_of
    from paper.printing import docx
    from paper.printing.assets import fetcher
    from paper.printing.html import html
    from programmes.models import Programme

    profile = programme.form
    page = html(paper_of(programme), profile)

    def ours() -> object:
        return services.printed(Programme.objects.with_body().get(pk=programme.pk))

    def bare() -> object:
        return HTML(string=page, url_fetcher=fetcher()).write_pdf(pdf_variant="pdf/a-3a")

    mine, theirs = side_by_side(ours, bare, rounds=9)
    table.row("dòng dữ liệu → PDF/A, so với WeasyPrint trần, cùng HTML", mine / theirs, 1.25)
    table.note(f"({mine * 1000:.0f} ms và {theirs * 1000:.0f} ms)")
    office_time = libreoffice(docx.render(paper_of(programme), profile))
    if office_time is None:
        table.note("Không có LibreOffice: bỏ dòng so với LibreOffice.")
    else:
        table.row("  … nhanh hơn LibreOffice đổi cùng DOCX", office_time / mine, 4, unit="lần", least=True)


def issuing(table: Table, programme: Any, person: Any) -> None:
    """Number, snapshot, both files and the commit, against bare WeasyPrint on the same HTML. What a
    signature costs is its own: :func:`signing`."""
    from weasyprint import HTML

    from documents import issuing
    from documents.models import Document, RegisterEntry, Snapshot
    from documents.papers import paper_of
    from paper.printing.assets import fetcher
    from paper.printing.html import html

    rows = Document.objects.filter(pk=programme.pk)

    def approve() -> None:
        RegisterEntry.objects.all().delete()
        Snapshot.objects.all().delete()
        rows.get().deliveries.all().delete()
        rows.update(state="approved", number=None, day=None)

    def ours() -> None:
        why = "Văn bản mẫu để đo."
        issuing.issue(rows.get(), day=NOW.date(), actor=person, now=NOW, overrule=why)

    approve()
    ours()
    page = html(paper_of(rows.get()), rows.get().form)
    mine, theirs = [], []
    for _ in range(9):
        approve()
        mine.append(seconds(ours))
        theirs.append(
            seconds(lambda: HTML(string=page, url_fetcher=fetcher()).write_pdf(pdf_variant="pdf/a-3a"))
        )
    took, bare = min(mine), min(theirs)
    table.taken["issue"] = took
    table.row("ban hành 4 trang (chưa kể ký), so với WeasyPrint trần", took / bare, 1.25)
    table.note(f"({took * 1000:.0f} ms và {bare * 1000:.0f} ms)")
    approve()
    rows.update(state="draft")


#: The passphrase of the keys of this run.
PASSPHRASE = "mật khẩu của lần đo"  # noqa: S105  keys that are thrown away with the run


def signing(table: Table, programme: Any, person: Any) -> None:
    """A person's signature and the agency's seal on the four pages that were issued, each with its visible
    mark, its check and its row; without a timestamp server, whose answer takes its own time. Against bare
    pyHanko, which signs the same file with the same key and checks nothing."""
    from documents import issuing
    from documents.models import Document, SignedCopy

    rows = Document.objects.filter(pk=programme.pk)
    rows.update(state="approved", number=None, day=None)
    chosen = issuing.Choices(manner="here")
    issuing.issue(
        rows.get(), day=NOW.date(), actor=person, now=NOW, overrule="Văn bản mẫu để đo.", choices=chosen
    )
    chief = chief_of(programme.issuing_body)
    own, seal = keys_of_the_office(programme.issuing_body, chief)
    issued = rows.get().snapshot.pdf.read()
    first, second, bare = [], [], []
    for _ in range(9):
        SignedCopy.objects.all().delete()
        first.append(seconds(partial(sign_once, rows.get(), own, chief)))
        second.append(seconds(partial(sign_once, rows.get(), seal, chief)))
        bare.append(seconds(partial(sign_bare, issued, own)))
    mine, sealed, theirs = (min(column) for column in (first, second, bare))
    issue = table.taken["issue"]
    table.row("ban hành và một chữ ký, so với ban hành", (issue + mine) / issue, 3)
    table.row("ban hành, chữ ký và con dấu, so với ban hành", (issue + mine + sealed) / issue, 6)
    table.note(
        f"(ban hành {issue * 1000:.0f} ms, chữ ký {mine * 1000:.0f} ms, con dấu {sealed * 1000:.0f} ms, "
        f"pyHanko trần {theirs * 1000:.0f} ms)"
    )


def chief_of(body: Any) -> Any:
    """The person whose name the body's papers print."""
    from agencies.models import Membership, Person

    name = body.signing_name
    person = Person.objects.create(username="chung", full_name=name, email="chung@example.vn")
    Membership.objects.create(person=person, role="chief", issuing_body=body, since=dt.date(2020, 1, 1))
    return person


def keys_of_the_office(body: Any, person: Any) -> tuple[Any, Any]:
    """A key of the person and a seal of the body, of an authority made for this run and trusted in it."""
    from asn1crypto import pem

    from documents.models import TrustAnchor
    from documents.signing import keys, registry
    from lucngan.demo.signing import authority, key_file

    root_key, root = authority(NOW)
    TrustAnchor.objects.create(
        name="CA", pem=pem.armor("CERTIFICATE", root).decode(), fingerprint="0" * 64, until=NOW
    )
    secret = keys.Secret(PASSPHRASE)
    values: dict[str, Any] = {"actor": person, "now": NOW}
    files = [
        key_file(name, root_key, n, NOW, PASSPHRASE)
        for n, name in enumerate((person.full_name, body.agency.name), 2)
    ]
    return (
        registry.add(files[0], secret, owner=person, **values),
        registry.add(files[1], secret, body=body, **values),
    )


def sign_once(document: Any, key: Any, person: Any) -> None:
    from documents.signing import here, keys

    here.sign_here(document, key, keys.Secret(PASSPHRASE), actor=person, now=NOW)


def sign_bare(pdf: bytes, key: Any) -> None:
    import io

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    from documents.signing import here, keys

    with keys.opened(here.source_of(key), keys.Secret(PASSPHRASE)) as signer:
        made = signers.PdfSignatureMetadata(field_name="A", signer_key_usage=set())
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), made, signer)


def libreoffice(data: bytes) -> float | None:
    """Seconds of a LibreOffice process that converts the DOCX, best of three; None without LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "van-ban.docx"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=120)

        convert()
        return min(seconds(convert) for _ in range(3))


def growth_of_printing(table: Table) -> None:
    """Seconds a page at 1, 4, 20 and 80 pages, and of a table."""
    from paper.printing import pdf

    samples = {pages: with_pages(pages) for pages in (1, 4, 20, 80)}
    cost = {}
    for pages, (paper, found) in samples.items():
        rounds = 1 if pages == 80 else 3
        cost[pages] = min(seconds(partial(pdf.render, paper)) for _ in range(rounds)) / found
    listed = ", ".join(f"{samples[pages][1]} trang: {each * 1000:.0f}" for pages, each in cost.items())
    table.note(f"in, ms mỗi trang: {listed}")
    table.row("giá mỗi trang, 80 so với 20 trang", cost[80] / cost[20], 1.25)
    table.row("giá mỗi trang, 20 so với 4 trang", cost[20] / cost[4], 1.25)
    paper, found = with_pages(20, table=True)
    each = min(seconds(partial(pdf.render, paper)) for _ in range(3)) / found
    table.row(f"giá mỗi trang của bảng ({found} trang), so với chữ", each / cost[20], 3)


def reading(table: Table) -> None:
    """A four-page text into a Paper, and how the cost grows with the length."""
    from paper.printing import pdf
    from paper.reading import read_text

    texts = {n: layout(pdf.render(with_pages(n)[0])) for n in (4, 16, 64)}
    cost = {
        n: side_by_side(partial(read_text, text), rounds=7 if n == 4 else 3)[0] for n, text in texts.items()
    }
    table.row("đọc chữ của 4 trang thành Paper", cost[4] * 1000, 60, unit="ms")
    for more, less in ((16, 4), (64, 16)):
        ratio = (cost[more] / len(texts[more])) / (cost[less] / len(texts[less]))
        table.row(f"giá mỗi chữ khi đọc, {more} so với {less} trang", ratio, 1.4)
    for name, bad in hostile():
        short, long = side_by_side(partial(read_text, bad), partial(read_text, bad * 4), rounds=3)
        table.row(f"đọc 4 lần dài hơn: {name}", long / short, 6)


def layout(data: bytes) -> str:
    """The text of a PDF as poppler lays it out."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def hostile() -> Iterator[tuple[str, str]]:
    """Texts that tempt a reader to look back again and again."""
    yield "dấu ngoặc mở", "(" * 20_000 + "\n"
    yield "một dòng rất dài", "của " * 8_000
    yield "nghìn dòng “1.”", "1. a\n" * 3_000
    yield "khoảng trắng", (" " * 300 + "\n") * 60
    yield "số văn bản chồng nhau", "Nghị quyết số 1-NQ/HU, " * 1_500 + "\n"


def saving(table: Table, programme: Any, person: Any) -> None:
    """Queries of one saved clause, and its time against a bare one-row UPDATE view."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    clause = programme.clauses.exclude(parent=None).order_by("pk").first()
    version = [clause.version]

    def send(url: str, asked: dict[str, Any]) -> Any:
        answer = client.post(url, json.dumps(asked), content_type="application/json")
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code} {answer.content.decode()[:200]}")
        return json.loads(answer.content)

    def ours() -> None:
        op = {"op": str(uuid.uuid4()), "kind": "text", "clause": str(clause.public_id), "version": version[0]}
        url = reverse("programmes:operate", args=[programme.public_id])
        version[0] = send(url, {**op, "text": f"{TASK} {version[0]}"})["lines"][0]["version"]

    def bare() -> None:
        send(reverse("bare_update"), {"clause": str(clause.public_id), "text": f"{TASK} x"})

    ours()
    with CaptureQueriesContext(connection) as captured:
        ours()
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    asked = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(words)]
    table.row("lưu một mục: số câu hỏi cơ sở dữ liệu", len(asked), 8, unit="câu")
    mine, theirs = side_by_side(ours, bare, rounds=200)
    table.row("lưu một mục, so với trang chỉ UPDATE một dòng", mine / theirs, 3)
    table.note(f"({mine * 1000:.1f} ms và {theirs * 1000:.1f} ms)")


def packing(table: Table) -> None:
    """A pack of 30 documents, 300 pages, against pikepdf merging the same files."""
    import pikepdf

    from meetings.packing import Content, File, Item, make
    from paper.forms import profile_for
    from paper.printing import pdf
    from paper.value import Regime

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        paper, pages = with_pages(10)
        for n in range(1, 31):
            path = Path(folder) / f"{n}.pdf"
            path.write_bytes(pdf.render(replace(paper, number=n)))
            paths.append(path)
        items = tuple(
            Item(
                number,
                ITEM.format(n=number),
                bodies="UBND xã",
                files=tuple(
                    File(f"Tài liệu số {path.stem}", path.name, path, "application/pdf", path.stem)
                    for path in paths[number * 3 - 3 : number * 3]
                ),
            )
            for number in range(1, 11)
        )
        form = profile_for(Regime.PARTY, dt.date(2026, 11, 1))
        content = Content("Hội nghị Ban Thường vụ", "thứ Tư, 18/11/2026", "Phòng họp", "", form, items=items)

        def ours() -> object:
            return make(content, Path(folder) / "bo-tai-lieu.pdf")

        def bare() -> None:
            target, sources = pikepdf.new(), []
            for path in paths:
                source = pikepdf.open(path)
                sources.append(source)
                target.pages.extend(source.pages)
            target.save(Path(folder) / "ghep.pdf")
            for source in sources:
                source.close()

        mine, theirs = side_by_side(ours, bare, rounds=41)
    table.row(f"bộ tài liệu 30 tệp, {30 * pages} trang, so với pikepdf ghép trần", mine / theirs, 1.3)
    table.note(f"({mine * 1000:.0f} ms và {theirs * 1000:.0f} ms)")


def start() -> None:
    """Django on an empty SQLite of this run."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lucngan.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "tools.bench_site"
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)


def main() -> int:
    """Measure everything; exit code 1 when a bar was missed."""
    with tempfile.TemporaryDirectory(prefix="lucngan-bench-") as folder:
        own = {
            "VAR_DIR": folder,
            "SECRET_KEY": "do-" * 20,
            "DEBUG": "0",
            "HTTPS": "0",
            "STATIC_COMPRESSED": "0",
        }
        os.environ.update(own)
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        start()
        programme, person = office()
        table = Table()
        printing(table, programme)
        growth_of_printing(table)
        reading(table)
        saving(table, programme, person)
        issuing(table, programme, person)
        signing(table, programme, person)
        packing(table)
    print(f"\nVượt ngưỡng: {table.missed} dòng." if table.missed else "\nMọi dòng trong ngưỡng.")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
