"""Mail, bytes in and values out: messages opened and written, automatic mail, authenticity."""
