"""How the embedded gazetteer is made: one module for each kind of source."""
