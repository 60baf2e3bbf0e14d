"""What the tests stand on: real servers and services as context managers, makers of input, and the oracle."""
