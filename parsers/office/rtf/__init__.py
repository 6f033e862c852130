"""Rich Text Format (RTF 1.9.1), brought to WordprocessingML, which is what the Word reader reads."""
