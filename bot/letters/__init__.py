"""Letters: what each is told, its words in six languages, and how they are set."""
