"""That a provider was asked whether their openings are still right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.core import marks
from breathingroom.core.privacy import classified
from breathingroom.directory.models.listing import Listing


@classified(
    keep=_("as long as the listing; renewed each time it is confirmed"),
    private="listing confirmed_on days",
    secret="mark",
)
class Reminder(models.Model):
    """The last question about one confirmation: asked when it was `days` old.

    `mark` finds the link of that mail again. The link is worth something only while the listing's openings
    were last confirmed on `confirmed_on`: using it is what makes it worthless.
    """

    listing = models.OneToOneField(Listing, models.CASCADE, primary_key=True, related_name="reminder")
    confirmed_on = models.DateField(_("openings confirmed on"))
    days = models.PositiveSmallIntegerField(_("asked after days"))
    mark = models.CharField(max_length=marks.LENGTH, unique=True)

    class Meta:
        verbose_name = _("question about openings")
        verbose_name_plural = _("questions about openings")
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1), name="reminder_is_of_an_older_promise"),
        ]

    def __str__(self) -> str:
        return f"{self.confirmed_on} + {self.days}"
