"""A failure is explained: from how a test ended to plain data that says so to a learner.

Its face is noting; what it notes, progress sums up for those who show it.
"""
