"""The intake bot of a Member State consultation: mailbox in, tally and letters out."""

__version__ = "0.1.0"
