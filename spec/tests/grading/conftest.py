"""One process that examines for all classes that a test makes one after another."""

from typing import ClassVar

import pytest

from spec.grading.examining import client
from spec.grading.examining.messages import Reply, Request


class KeptServer(client.Server):
    """A server for one class after another, since its start takes longer than most classes."""

    known: ClassVar[list["KeptServer"]] = []

    def __init__(self) -> None:
        super().__init__()
        self.open = 0  # requests without a reply

    @classmethod
    def get(cls) -> "KeptServer":
        """The one that is there, unless it has ended."""
        if cls.known and cls.known[0].process.poll() is not None:
            cls.known.clear()
        if not cls.known:
            cls.known.append(cls())
        return cls.known[0]

    def send(self, request: Request) -> None:
        """Hands over a request."""
        self.open += 1
        super().send(request)

    def receive(self) -> Reply:
        """The next reply."""
        reply = super().receive()
        self.open -= 1
        return reply

    def close(self) -> None:
        """Ends it only if it is still at work for a class that has been given up."""
        if self.open:
            self.known.clear()
            super().close()


@pytest.fixture(autouse=True)
def kept_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has each test's classes examined by it; what a module shares has a server of its own."""
    monkeypatch.setattr(client, "Server", KeptServer.get)
