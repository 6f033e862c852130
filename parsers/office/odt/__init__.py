"""OpenDocument text (OASIS ODF 1.3), brought to WordprocessingML, which is what the Word reader reads."""
