"""Watching over the worker: so that somebody learns of it when it fails, by a way that has not failed.

- `health`: whether all is well, in one line, for monitoring.
- `heartbeat`: a file that something outside can watch.
- `alarms`: which troubles are to be told now (pure); `ways`: by command and by another mail server.
- `watchman`: after each round; `watchdog`: when a round does not end.
"""
