"""The review page: where the secretariat settles what the program would not decide alone."""
