"""Durability: the embedded AWS keeps acknowledged writes after a kill or a power cut.

AWS: an acknowledged write is on disk. MiniStack writes its state only at a clean stop, so a kill
or a power cut loses all changes since the last one. Here a journal records every change within a
second.

- `journal`: the files. Each frame has a checksum and is restored as a whole or not at all.
- `records`: the tree of records that frames change and that MiniStack restores.
- `capture`: the changes in MiniStack since the last look.
- `service`: looks for changes, writes them, starts new files and restores at the start.
- `blobs`, `objects`, `files`: data in separate files.
"""
