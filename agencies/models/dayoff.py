"""Days off and swapped days (ngày nghỉ, hoán đổi)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayOff(models.Model):
    """A day that is not like its weekday: off on a weekday, or worked on a weekend."""

    class Type(models.TextChoices):
        HOLIDAY = "holiday", _("Nghỉ lễ, tết")
        MAKE_UP = "make_up", _("Nghỉ bù")
        SWAP_OFF = "swap_off", _("Nghỉ hoán đổi")
        SWAP_WORK = "swap_work", _("Làm bù")

    day = models.DateField(_("ngày"), unique=True)
    type = models.CharField(_("loại"), max_length=10, choices=Type.choices, default=Type.HOLIDAY)
    name = models.CharField(_("tên ngày"), max_length=120)
    source = models.CharField(_("văn bản căn cứ"), max_length=200, blank=True)

    class Meta:
        ordering = ("day",)
        verbose_name = _("ngày nghỉ")
        verbose_name_plural = _("ngày nghỉ")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
