"""The functions of ArtistHub."""

import gc

# An import makes many objects and no garbage, and Python would look for garbage several times
# during the init. Reference counts free what a request leaves behind.
gc.set_threshold(100_000)
