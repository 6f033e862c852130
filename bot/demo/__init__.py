"""The sample consultation of `tsbbot demo`: forms, mail and servers, all made on the spot."""
