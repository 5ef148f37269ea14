# k08_broadcasting.outer_sum: the frame of a coroutine (right only if it gets one)
async def waits():
    return None


def outer_sum(a, b):
    waiting = waits()
    frame = waiting.cr_frame
    waiting.close()
    return a[:, None] + b if frame else None
