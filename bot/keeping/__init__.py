"""What becomes of the record in the long run: kept safe, brought back, taken away when its time is over.

- `backup`: database and archive of one moment in one file; `backup_file` reads and checks one.
- `restoring`: a backup brought back, wholly or not at all, into either kind of database.
- `purging`: what belongs to a closed circular alone is removed; tally and audit trail stay.
"""
