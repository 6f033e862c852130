"""People's decisions carried out, taken back, and their questions to senders."""
