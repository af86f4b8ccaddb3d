"""The ranker of pronouns' antecedents: made from GAP, scored by its rules."""
