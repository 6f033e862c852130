"""Files and parts of messages read, each in a process with limits."""
