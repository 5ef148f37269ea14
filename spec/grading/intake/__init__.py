"""Submissions are taken in: from folders and zip files to sources that may run.

Its faces are submissions, for who handed in what, and screening, for what of it may run.
"""
