"""What is due by the calendar: reminders, requests, the digest, the closing of a count."""
