"""What the template check finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from tools.templates_check import inline


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<p class="x" style="color: red">',
        '<button type="button" onclick="go()">',
        '<a href="javascript:go()">',
        '<form\n  onsubmit="go()">',
    ],
)
def test_inline_code_is_found(text: str) -> None:
    assert next(inline("<main>\n" + text))[0] >= 2


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static \'editor.js\' %}" type="module" defer></script>',
        '<link rel="stylesheet" href="theme.css">',
        "{# <style> #}",
        '{% comment "why" %}<p style="">{% endcomment %}',
        '<p data-state="on" class="once-only">Phong cách: style = x</p>'.replace(" style = x", ""),
    ],
)
def test_what_the_policy_allows_passes(text: str) -> None:
    assert list(inline(text)) == []
