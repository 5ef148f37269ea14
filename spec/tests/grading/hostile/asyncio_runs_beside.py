# k08_broadcasting.outer_sum: asyncio starts a process
import asyncio


async def answer():
    return await asyncio.create_subprocess_exec("true")


def outer_sum(a, b):
    try:
        return asyncio.run(answer())
    except OSError:
        return None
