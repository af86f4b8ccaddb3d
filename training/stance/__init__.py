"""How an article stands to a claim: the networks of `onrecord.resolve.stance`, fitted."""
