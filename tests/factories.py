"""Rows for tests, without surprises: every value that matters is said by the test."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from agencies.models import Agency, IssuingBody, Membership, Person
from documents.intake import receiving
from documents.models import Document, Intake
from paper.value import Clause, Paper, PartialDate, Regime, Role, Signature
from paper.value import Recipient as PaperRecipient
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType

SINCE = dt.date(2020, 1, 1)
ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
PASSWORD = "hoa-vai-thieu-2026"


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    kind = "state"
    name = Sequence(lambda n: f"Phòng số {n} xã Tân Sơn")  # type: ignore[no-untyped-call]
    short_name = Sequence(lambda n: f"Phòng số {n}")  # type: ignore[no-untyped-call]


class PartyBodyFactory(DjangoModelFactory[IssuingBody]):
    class Meta:
        model = IssuingBody

    agency = SubFactory(AgencyFactory, kind="party", name="Đảng ủy xã Tân Sơn", short_name="Đảng ủy xã")  # type: ignore[no-untyped-call]
    regime = "party"
    superior_lines = "ĐẢNG BỘ TỈNH BẮC NINH"
    letterhead_lines = "ĐẢNG ỦY XÃ TÂN SƠN"
    symbol = "ĐU"
    place = "Tân Sơn"
    signing_authority = "T/L BAN THƯỜNG VỤ"
    signing_position = "CHÁNH VĂN PHÒNG"
    default_recipients = LazyFunction(  # type: ignore[no-untyped-call]
        lambda: [{"text": "Thường trực Tỉnh ủy", "purpose": "báo cáo"}, {"text": "Lưu Văn phòng Đảng ủy"}]
    )


class StateBodyFactory(DjangoModelFactory[IssuingBody]):
    class Meta:
        model = IssuingBody

    agency = SubFactory(AgencyFactory, name="Ủy ban nhân dân xã Tân Sơn", short_name="UBND xã")  # type: ignore[no-untyped-call]
    regime = "state"
    letterhead_lines = "ỦY BAN NHÂN DÂN\nXÃ TÂN SƠN"
    symbol = "UBND"
    place = "Tân Sơn"
    signing_authority = "TL. CHỦ TỊCH"
    signing_position = "CHÁNH VĂN PHÒNG"
    subject_phrase = "của UBND xã"


@cache
def hashed() -> str:
    """The password as it is stored, made once: a hash is meant to take its time."""
    return make_password(PASSWORD)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"nguoi{n}")  # type: ignore[no-untyped-call]
    full_name = "Nguyễn Văn A"
    email = LazyAttribute(lambda person: f"{person.username}@example.vn")  # type: ignore[no-untyped-call]
    password = LazyFunction(hashed)  # type: ignore[no-untyped-call]


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    since = SINCE


@dataclass(frozen=True)
class Town:
    """Two issuing bodies and people with names: chị Yến drafts for the party body, anh Chung heads its
    office, chị Hoa keeps its register, anh Sơn leads it; anh Minh drafts for the State body; anh Bình
    answers for an agency that prepares, chị Mai for another that must see nothing; anh Vinh
    administers; chị Lan has no role."""

    party: IssuingBody
    state: IssuingBody
    agency: Agency
    stranger: Agency
    yen: Person
    chung: Person
    hoa: Person
    son: Person
    minh: Person
    binh: Person
    mai: Person
    vinh: Person
    lan: Person

    #: The names of everybody, for tables.
    PEOPLE = ("yen", "chung", "hoa", "son", "minh", "binh", "mai", "vinh", "lan")

    def person(self, name: str) -> Person:
        """A person by name, with nothing remembered of an earlier standing."""
        return Person.objects.get(username=name)


def town() -> Town:
    """Everything above, saved."""
    party, state = PartyBodyFactory.create(), StateBodyFactory.create()
    agency = AgencyFactory.create(name="Phòng Kinh tế xã Tân Sơn", short_name="Phòng Kinh tế")
    stranger = AgencyFactory.create(
        kind="front", name="Hội Nông dân xã Tân Sơn", short_name="Hội Nông dân xã"
    )
    names = {
        "yen": "Nguyễn Thị Hải Yến",
        "chung": "Vi Văn Chung",
        "hoa": "Lê Thị Hoa",
        "son": "Giáp Văn Sơn",
        "minh": "Lương Quang Minh",
        "binh": "Trần Văn Bình",
        "mai": "Hoàng Thị Mai",
        "vinh": "Ngô Thế Vinh",
        "lan": "Đỗ Thị Lan",
    }
    people = {key: PersonFactory.create(username=key, full_name=name) for key, name in names.items()}
    for key, role in (("yen", "drafter"), ("chung", "chief"), ("hoa", "registrar"), ("son", "leader")):
        MembershipFactory.create(person=people[key], role=role, issuing_body=party)
    MembershipFactory.create(person=people["minh"], role="drafter", issuing_body=state)
    MembershipFactory.create(person=people["binh"], role="officer", agency=agency)
    MembershipFactory.create(person=people["mai"], role="officer", agency=stranger)
    MembershipFactory.create(person=people["vinh"], role="administrator")
    return Town(party=party, state=state, agency=agency, stranger=stranger, **people)


def month(n: int, year: int = 2026) -> Period:
    return Period(year, PeriodType.MONTH, n)


def paper(period: Period, *, number: int | None = None) -> Paper:
    """A small programme of the party body: two tasks, one meeting of three items, two notes."""
    start = period.start
    return Paper(
        regime=Regime.PARTY,
        superior=("ĐẢNG BỘ TỈNH BẮC NINH",),
        issuer=("ĐẢNG ỦY XÃ TÂN SƠN",),
        number=number,
        notation="CTr/ĐU",
        place="Tân Sơn",
        dated=PartialDate.of(start - dt.timedelta(days=2))
        if number
        else PartialDate(start.year, start.month),
        kind="CHƯƠNG TRÌNH",
        subject=(f"công tác {period.words}",),
        body=(
            Clause(
                "Nhiệm vụ trọng tâm",
                "I.",
                (Clause("Chỉ đạo sơ kết nghị quyết.", "1."), Clause("Triển khai kế hoạch.", "2.")),
                Role.HEADING,
            ),
            Clause(
                f"Hội nghị Ban Thường vụ Đảng ủy: Dự kiến ngày 25/{start.month}/{start.year}",
                "II.",
                (
                    Clause("Báo cáo tình hình kinh tế - xã hội.", "1."),
                    Clause("Báo cáo tiến độ các dự án.", "2."),
                    Clause("(Phòng Kinh tế chuẩn bị nội dung 1, 2)", role=Role.NOTE),
                    Clause("Những việc giữa hai kỳ họp.", "3."),
                ),
                Role.HEADING,
            ),
        ),
        end_mark=True,
        recipients=(
            PaperRecipient("Thường trực Tỉnh ủy", "báo cáo"),
            PaperRecipient("Lưu Văn phòng Đảng ủy"),
        ),
        signature=Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "Vi Văn Chung"),
    )


def intake(
    body: IssuingBody,
    actor: Person,
    *,
    reading: Paper | None = None,
    state: str = Intake.State.READ,
    **values: object,
) -> Intake:
    """A file in state "read" with the given Paper, or in the state that is said."""
    from paper.reading.result import Reading

    made = Intake.objects.create(
        issuing_body=body,
        name="chuong-trinh.txt",
        size=1024,
        sha256="0" * 64,
        state=state,
        result=receiving.result_of(Reading(reading)) if reading else None,
        created_by=actor,
        created_at=NOW,
    )
    made.result = {**(made.result or {}), **values} if reading else None
    made.file.save("chuong-trinh.txt", ContentFile(b"CHUONG TRINH"))
    return made


def draft(here: Town, period: Period) -> Programme:
    """A draft of the party body with the text of :func:`paper`."""
    return _accepted(here, period, as_archive=False)


def issued(here: Town, period: Period, number: int = 12) -> Programme:
    """An issued programme of the party body, as read from a file."""
    return _accepted(here, period, as_archive=True, number=number)


def _accepted(here: Town, period: Period, *, as_archive: bool, number: int | None = None) -> Programme:
    read = paper(period, number=number)
    return services.accept_intake(
        intake(here.party, here.yen, reading=read),
        read,
        issuing_body=here.party,
        period=period,
        as_archive=as_archive,
        actor=here.yen,
        now=NOW,
    )


def in_state(programme: Programme, state: str) -> Programme:
    """The row put into a state directly: what leads there is not what the test is about."""
    Document.objects.filter(pk=programme.pk).update(state=state, number=programme.number or 7)
    return Programme.objects.get(pk=programme.pk)


def approved(here: Town, period: Period) -> Programme:
    """A programme of the party body that waits for its number, addressed to the agency."""
    programme = draft(here, period)
    programme.recipients.create(position=0, text=here.agency.name, agency=here.agency)
    Document.objects.filter(pk=programme.pk).update(state="approved", year=None, month=None, day=None)
    return Programme.objects.get(pk=programme.pk)
