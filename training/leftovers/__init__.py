"""Commands that train the small models of the reader."""
