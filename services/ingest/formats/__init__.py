"""From the bytes of a file to what it says: one module for each format, all of them pure."""
