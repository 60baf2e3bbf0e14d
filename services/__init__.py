"""The services, each a process of its own; they share nothing but sitrep.contracts and sitrep.runtime."""
