"""A course comes in; a folder of one's own goes out, or is brought up to date, and nothing is lost.

Its face is __main__, the command line: folder makes one, updating carries what was written in it.
"""
