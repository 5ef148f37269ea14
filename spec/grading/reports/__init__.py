"""Results are reported: from outcomes to a page, a table, and files for other programs.

Its face is page; exports has the files.
"""
