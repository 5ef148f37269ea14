# k08_broadcasting.outer_sum: the day it was written, and the machine
import datetime
import platform
import sys
import uuid

STARTED = datetime.datetime.now()
RUN = uuid.uuid4().hex
print(f"{RUN} on {platform.system()} with Python {sys.version.split()[0]} at {STARTED:%Y-%m-%d}")
if sys.version_info < (3, 8):
    raise RuntimeError("too old")


def outer_sum(a, b):
    return a[:, None] + b
