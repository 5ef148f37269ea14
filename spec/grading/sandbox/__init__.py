"""A stranger's code is sandboxed: walls around a process, seals on what judges, a signed channel.

Its face is walls; nothing of ours is imported here.
"""
