"""A kata is run: from a file to collected tests, each run from the same state, recorded and judged.

Its face is collecting, for what is run, and cases, for what is known of one test.
"""
