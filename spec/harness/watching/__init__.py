"""Files are watched: from a save to a run of its own and its verdict on the screen.

Its face is watch, which is the option --watch; session is what it starts.
"""
