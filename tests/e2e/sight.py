"""What a story sees of a page: found and measured in one step inside the page, again until it holds.

A page may still fetch a part or renew an item after it loaded; what is found in one step and measured in
the next may be gone in between.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Page

#: Milliseconds until a page that does not come to hold what is asked fails the story.
PATIENCE = 10_000

SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
    .filter((node) => node.offsetParent && !node.closest(".skip, .toasts"))
    .filter((node) => node.getBoundingClientRect().height < least)
    .map((node) => node.outerHTML.slice(0, 120))"""


def settled(page: Page) -> None:
    """Nothing that htmx fetches is under way."""
    await_true(page, "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def fits(page: Page) -> None:
    """Nothing reaches beyond the window sideways."""
    settled(page)
    await_true(page, "() => document.documentElement.scrollWidth <= window.innerWidth")


def large_enough(page: Page, selector: str, least: int = 44) -> None:
    """Everything visible that the selector finds is at least so high, and it finds something."""
    settled(page)
    await_true(page, "(selector) => document.querySelector(selector)", selector)
    try:
        page.wait_for_function(
            f"(asked) => ({SMALL})(asked).length === 0", arg=[selector, least], timeout=3_000
        )
    except Error:
        assert page.evaluate(SMALL, [selector, least]) == []


def await_true(page: Page, question: str, arg: Any = None) -> None:
    """Wait until the page answers the question with something true."""
    try:
        page.wait_for_function(question, arg=arg, timeout=PATIENCE)
    except Error as error:
        raise AssertionError(f"{page.url}: {question} {arg or ''}") from error
