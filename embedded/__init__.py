"""The embedded AWS on this machine: started, deployed to, finished and filled; never deployed."""

from embedded.instance import EmbeddedError, Instance
from embedded.up import running

__all__ = ["EmbeddedError", "Instance", "running"]
