"""How often something was tried, so that nobody can try it for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import marks
from breathingroom.core.privacy import classified


@classified(
    keep=_("until the hour or the day that is counted is over"), private="number ends_at", secret="mark"
)
class Attempt(models.Model):
    """One count: of one thing, by one person or address, in one stretch of time.

    `mark` stands for all three, so that the row alone names nobody.
    """

    mark = models.CharField(max_length=marks.LENGTH, primary_key=True)
    number = models.PositiveIntegerField(_("how often"))
    ends_at = models.DateTimeField(_("counted until"), db_index=True)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="attempt_is_counted_from_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)
