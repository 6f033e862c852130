"""Everything put together, from the configuration."""
