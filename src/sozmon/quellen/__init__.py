"""Readers: one module per file shape; all of them run inside the limited child process (``kind``)."""
