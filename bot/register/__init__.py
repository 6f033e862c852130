"""Member States and their contacts; whose a reply is, with the grounds and the doubts."""
