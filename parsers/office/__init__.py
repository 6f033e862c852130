"""Other word processors' documents: .doc, .odt and .rtf, from a file's bytes to passages and boxes."""
