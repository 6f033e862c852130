"""Where the templates that ship with the program are."""

from pathlib import Path
from typing import Final

import bot

#: `templates/` stands beside the package; letters are in `mail/`, pages in `web/`.
TEMPLATE_FOLDER: Final = Path(bot.__file__).resolve().parent.parent / "templates"
