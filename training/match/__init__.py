"""Fits the weights by which two statements are taken for one claim, from open stories of `tests/stories`."""
