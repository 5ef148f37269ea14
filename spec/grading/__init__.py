"""A class is graded: from what was handed in to points, and to what should be taught again.

Its face is __main__: python -m spec.grading.
"""
