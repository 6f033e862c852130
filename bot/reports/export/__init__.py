"""The consultation for other programs and for the meeting: what it says, and a writer a format.

`gathering` reads store and archive; `compiling` makes of it what an export says (`content`), once;
`workbook`, `csv_file`, `json_file` and `meeting_document` each set it in their format, bytes in the
hand; `exporting` puts them where they were asked for, with the attachments beside them.
"""

from bot.reports.export.exporting import Exported, export_to, is_folder

__all__ = ["Exported", "export_to", "is_folder"]
