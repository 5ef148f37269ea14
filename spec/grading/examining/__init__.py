"""Functions are examined: from requests to outcomes, each file in a process of its own.

Its face is client, or cluster where there are many machines.
"""
