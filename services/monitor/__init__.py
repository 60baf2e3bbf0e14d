"""Lag, ledger and canary: what no service can say of itself."""
