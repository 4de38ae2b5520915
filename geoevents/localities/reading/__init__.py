"""From the words of a phrase to its tree."""
