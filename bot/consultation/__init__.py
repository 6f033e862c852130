"""The rules of a Member State consultation: opinions, their record, the tally, reminders; pure."""
