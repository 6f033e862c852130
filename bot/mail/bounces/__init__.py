"""What came back, and which letter of ours it is about: RFC 3464, and older ways of saying it."""
