"""A course comes in, a folder of one's own goes out, with all that was written in it before.

Its faces are folder, which makes one, and updating; messages says what they did.
"""
