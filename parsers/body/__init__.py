"""Forms in a message's own text, and in pages and texts that are attached: to passages and boxes."""
