"""Digital PDF forms: what the file says in text, drawing, fields and annotations, held against its picture."""
