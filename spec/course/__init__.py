"""A course of one's own: from an empty folder, or an older course, to all katas as they are now.

Its faces are folder, which makes one, and updating, which keeps what a learner wrote.
"""
