"""The database refuses to change or delete audit lines."""

from django.db import migrations

from breathingroom.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.put_on(editor.connection),
            lambda apps, editor: triggers.take_off(editor.connection),
        )
    ]
