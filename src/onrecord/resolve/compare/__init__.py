"""Small features of a pair of propositions, one a file: each gives a Part, a value with its reason in words."""
