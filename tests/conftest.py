"""The fixtures that every room may use."""

pytest_plugins = ["tests.support.dovecot"]
