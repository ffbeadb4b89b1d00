"""Shape of a file to import."""

from typing import Any

from wtforms import FileField, ValidationError

from pilot.web.forms import PilotForm
from pilot.web.i18n import lazy_gettext as _l


class Upload(FileField):  # type: ignore[misc]  # WTForms ships no types
    """A file. `PilotForm` gives fields text only, so the file is handed over by itself."""


class FileForm(PilotForm):
    file = Upload(_l("Fil (XLSX eller CSV)"))

    def __init__(self, *args: Any, upload: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._upload = upload

    @property
    def name(self) -> str:
        return (self._upload.filename or "") if self._upload else ""

    def validate_file(self, _field: Any) -> None:
        if not self.name:
            raise ValidationError(_l("Velg en fil."))

    @property
    def content(self) -> bytes:
        data: bytes = self._upload.read()
        return data
