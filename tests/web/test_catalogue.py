"""Every sentence of the interface has its English, and nothing in the catalogue is left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from lucngan.management.commands.collect_messages import catalogue, texts_of, used_messages

ROOT = Path(settings.BASE_DIR)
PLACE = re.compile(r"%\(\w+\)s|%s|\{\w+\}|<[^>]+>")


@pytest.fixture(scope="module")
def english() -> Catalog:
    return catalogue(ROOT, "en")[1]


@pytest.fixture(scope="module")
def used() -> dict[Any, str]:
    return {message: f"{name}:{line}" for message, name, line in used_messages(ROOT)}


def first(message: Any) -> str:
    return str(message if isinstance(message, str) else message[0])


def test_every_sentence_is_translated(english: Catalog, used: dict[Any, str]) -> None:
    missing = []
    for message, place in used.items():
        found = english.get(first(message))
        texts = [] if found is None else texts_of(found)
        if not texts or not all(texts):
            missing.append(f"{place}: {first(message)}")

    assert missing == [], "Chạy manage.py collect_messages rồi dịch các câu mới."


def test_nothing_is_fuzzy_or_unused(english: Catalog, used: dict[Any, str]) -> None:
    known = {first(message) for message in used}

    assert [m.id for m in english if m.fuzzy and m.id] == []
    assert [m.id for m in english if m.id and first(m.id) not in known] == []


def test_translations_keep_the_places_of_values(english: Catalog) -> None:
    for message in english:
        if not message.id:
            continue
        for text in texts_of(message):
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(first(message.id))), message.id


def test_no_vietnamese_letter_is_left_in_english(english: Catalog) -> None:
    """Examples of what papers print stay Vietnamese; everything else is English."""
    kept = ("UBND", "T/L", "ĐẢNG BỘ", "QĐ", "lịch cụ thể", "của UBND", "báo cáo", "“Lưu", "Hành chính:")
    names = ("Thường trực Đảng ủy", "“ĐẢNG CỘNG SẢN", "“hằng”", "“quý”")
    letters = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)

    odd = [
        m.id
        for m in english
        if m.id
        and any(letters.search(t) for t in texts_of(m))
        and not any(word in first(m.id) for word in (*kept, *names))
    ]

    assert odd == []
