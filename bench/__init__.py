"""Measured comparisons with other engines, each printing its method. Run with ``python -m bench.match``."""
