"""The names of a phrase become places."""
