"""A person at the editor: what the browser stories do and look at, in words of the editor."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from programmes.models import Programme
from tests.e2e.sight import await_true

SAVED = re.compile(r"^Đã lưu( \d\d:\d\d)?$")
READY = "html[data-editor=ready]"


class Writer:
    """One window with the editor open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keyboard = page.keyboard

    def open(self, programme: Programme) -> Writer:
        self.page.goto(f"/chuong-trinh/{programme.public_id}/soan/")
        expect(self.page.locator(READY)).to_be_attached()
        return self

    @property
    def fields(self) -> Locator:
        return self.page.locator("#lines textarea.words")

    def at(self, text: str, place: int | None = None) -> None:
        """Put the caret into the field with exactly this text: at its end, or at a place."""
        await_true(
            self.page,
            """([text, place]) => {
                const fields = [...document.querySelectorAll("#lines textarea.words")];
                const field = fields.find(f => f.value === text);
                field?.focus();
                field?.setSelectionRange(place, place);
                return field && field === document.activeElement;
            }""",
            [text, len(text) if place is None else place],
        )

    def texts(self) -> list[str]:
        return list(self.fields.evaluate_all("all => all.map(f => f.value)"))

    def see_texts(self, wanted: list[str]) -> None:
        """Wait until the fields hold exactly these texts."""
        await_true(
            self.page,
            """wanted => {
                const fields = [...document.querySelectorAll("#lines textarea.words")];
                return JSON.stringify(fields.map(f => f.value)) === JSON.stringify(wanted);
            }""",
            wanted,
        )

    def lines(self) -> list[str]:
        """Every clause with its level and label: "IV. Hội nghị …", " 1. Báo cáo …"."""
        return list(
            self.page.locator("#lines .line").evaluate_all(
                """rows => rows.map(row => {
                    const depth = Number(row.className.match(/\\bd(\\d)/)[1]);
                    const label = row.querySelector(".lab").textContent;
                    const text = row.querySelector("textarea.words").value;
                    return " ".repeat(depth) + [label, text].filter(Boolean).join(" ");
                })"""
            )
        )

    def focused(self) -> str | None:
        """The text of the field that has the focus."""
        found: str | None = self.page.evaluate(
            "document.activeElement.matches('textarea.words') ? document.activeElement.value : null"
        )
        return found

    def stands_in(self, text: str, caret: int | None = None) -> None:
        """Wait until the field with the focus holds exactly this text, its caret at the place if given."""
        await_true(
            self.page,
            """([text, caret]) => document.activeElement.matches("textarea.words")
            && document.activeElement.value === text
            && (caret === null || document.activeElement.selectionStart === caret)""",
            [text, caret],
        )

    def caret(self) -> int:
        place: int = self.page.evaluate("document.activeElement.selectionStart")
        return place

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)

    def type(self, text: str) -> None:
        self.keyboard.type(text)

    @property
    def notes(self) -> Locator:
        return self.page.locator("#lines .auto-line button, #lines .mirror .auto")

    def saved(self) -> None:
        """Wait until everything is acknowledged."""
        expect(self.page.locator("#saved-words")).to_have_text(SAVED)

    def state(self) -> Locator:
        return self.page.locator("#saved")

    def said(self) -> Locator:
        return self.page.locator("#editor-say")

    def see_lines(self, *wanted: str) -> None:
        """Wait until the sheet shows exactly these lines."""
        self.page.wait_for_function(
            """wanted => {
                const rows = [...document.querySelectorAll("#lines .line")].map(row =>
                    " ".repeat(Number(row.className.match(/\\bd(\\d)/)[1])) +
                    [row.querySelector(".lab").textContent, row.querySelector("textarea.words").value]
                        .filter(Boolean).join(" "));
                window.seen = rows;
                return JSON.stringify(rows) === JSON.stringify(wanted);
            }""",
            arg=list(wanted),
            timeout=8000,
        )

    def stored(self, name: str = "ops") -> list[dict[str, Any]]:
        """What waits in the browser's own store."""
        found: list[dict[str, Any]] = self.page.evaluate(
            """name => new Promise((resolve, reject) => {
                const request = indexedDB.open("lucngan-editor", 1);
                request.onerror = () => reject(request.error);
                request.onsuccess = () => {
                    const all = request.result.transaction(name).objectStore(name).getAll();
                    all.onsuccess = () => { request.result.close(); resolve(all.result); };
                };
            })""",
            name,
        )
        return found
