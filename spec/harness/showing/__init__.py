"""Results are shown: from the progress of all functions to a terminal and to a page of pictures.

Its face is summary, which ends a run; of what katas draw it is plots.
"""
