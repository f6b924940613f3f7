"""Zip folders: archive.py FOLDER ZIP [FOLDER ZIP]...

The same content gives the same bytes. osls would compress less, and write each file's size twice.
"""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FILE_OF_EVERYONE = 0o100644 << 16

paths = [Path(each) for each in sys.argv[1:]]
for folder, archive in zip(paths[::2], paths[1::2], strict=True):
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as zipped:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(file.relative_to(folder).as_posix())
            entry.external_attr = FILE_OF_EVERYONE
            zipped.writestr(entry, file.read_bytes(), ZIP_DEFLATED, compresslevel=9)
