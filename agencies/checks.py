"""System checks: what must be there before an office can print."""

from django.core.checks import CheckMessage, Warning, register


@register()
def font_is_complete(**kwargs: object) -> list[CheckMessage]:
    """W001: the serif font lacks Vietnamese letters, or there is none."""
    from paper.printing.fonts import problem  # asks the font library only when checks run

    if sentence := problem():
        return [Warning(sentence, hint="apt-get install fonts-croscore", id="lucngan.W001")]
    return []
