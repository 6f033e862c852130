"""What a message is, what it says, and what follows from it: values in, effects out, no I/O."""
