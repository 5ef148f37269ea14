"""A kata is filed: from a name to its files, and from a file to a module or the reason for none.

Its face is catalogue, the only module that knows the layout.
"""
