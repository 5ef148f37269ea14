"""Whether katas can run on this desk: what is there and what to do, before anything is installed.

Nothing comes in, findings go out; the face is __main__. All but probe needs Python alone, 3.7 too.
"""
