"""The loop: fetch, decide, schedule, send; each step ends in a commit."""
