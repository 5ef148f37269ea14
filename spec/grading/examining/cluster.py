"""The same work over a Dask cluster: each thread of a worker has a server of its own.

Dask keeps the queue. What a worker was at when it was lost goes to another one, and a result
counts once, since it is kept under the request's number.
"""

import threading
from collections.abc import Iterable, Iterator

from . import started
from .client import Server, ServerDied, can_serve
from .messages import Reply, Request

RETRIES = 5
MISSING = "--scheduler needs Dask: pip install -e '.[cluster]'"

_here = threading.local()


def examine(requests: Iterable[Request], address: str) -> Iterator[tuple[Request, Reply]]:
    """Has all requests examined by the workers of the cluster at this address."""
    from distributed import Client, as_completed

    with Client(address) as client:
        futures = {
            client.submit(examine_one, request, pure=False, retries=RETRIES): request
            for request in requests
        }
        for future in as_completed(futures):
            yield futures[future], future.result()


def examine_one(request: Request) -> Reply:
    """What a worker does: asks its thread's server, and starts another one if that has died."""
    if not can_serve():
        return started.examine_one(request)
    server: Server | None = getattr(_here, "server", None)
    if server is None or server.process.poll() is not None:
        server = _here.server = Server()
    try:
        server.send(request)
        return server.receive()
    except ServerDied:
        _here.server = None
        raise
