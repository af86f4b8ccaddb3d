"""Small features of a pair of wordings, one a file. Each gives a Part: a value and the reason in words."""
