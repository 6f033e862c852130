"""What answers each address of the review page."""
