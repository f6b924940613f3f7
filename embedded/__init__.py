"""The embedded AWS on this machine. It is a development tool and is never deployed."""

from embedded.instance import EmbeddedError, Instance
from embedded.up import running

__all__ = ["EmbeddedError", "Instance", "running"]
