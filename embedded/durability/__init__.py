"""The embedded AWS keeps what it acknowledged, whatever ends it.

AWS: an acknowledged write is on disk. MiniStack writes its state at a clean end only, so a kill or
a power cut loses everything since the last one. Here a journal holds every change at most a second
later.

- `journal`: the files. A frame has a checksum and is restored as a whole or not at all.
- `records`: what the frames say, put together to the state that MiniStack restores.
- `capture`: what has changed in MiniStack since the last look.
- `service`: looks, writes and begins new files; restores at the start.
- `blobs`, `objects`, `files`: what is kept in files of its own.
"""
