"""The `sitrep` command: one module a command."""
