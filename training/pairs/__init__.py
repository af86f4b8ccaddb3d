"""The reader of pairs: do two contents word one claim, opposites, or two matters?"""
