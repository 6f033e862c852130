"""Whether a sender is vouched for: RFC 8601 results, DKIM and ARC, alignment."""
