"""Gaps between MiniStack and AWS, each closed by one file.

Each file's `close()` replaces functions of MiniStack. Its docstring says what AWS does, what
MiniStack does and why that matters here. tests/embedded/gaps has a test for each file. The test
fails when a newer MiniStack closes the gap itself, so that you can delete the file.
"""
