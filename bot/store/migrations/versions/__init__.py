"""One module a migration, numbered; each undoes nothing: a backup is the way back."""
