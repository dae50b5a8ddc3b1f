"""DataLad from a notebook's code: what runs in a kernel, in whatever environment that lives, by Python's own library alone.

It does nothing itself: it asks the server that the panel asks, so that there is one queue, one trust and one list of commands.
"""
