"""Sign-in by tokens (OAuth 2): where they come from, where they are kept, how they are shown."""
