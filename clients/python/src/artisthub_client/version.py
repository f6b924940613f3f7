"""The version of the client, which it also sends as its user agent."""

__version__ = "0.1.0"
