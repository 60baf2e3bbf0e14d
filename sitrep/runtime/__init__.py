"""How a process lives and dies: settings, signals, logging, metrics and health, Kafka, and the three outcomes."""
