"""The embedded stack: a real Kafka and a real Postgres as children of this process, and the supervisor of them all."""
