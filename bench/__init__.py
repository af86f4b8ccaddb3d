"""Commands that measure: `make bench-NAME`."""
