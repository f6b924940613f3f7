"""What AWS does and MiniStack does not, closed by a file for each gap.

`close()` of a file replaces functions of MiniStack. The file says what AWS does, what MiniStack
does, and why that matters here. tests/embedded/gaps has a test for each: it fails once a newer
MiniStack closes the gap itself, so that the file can go.
"""
