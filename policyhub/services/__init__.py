"""Use cases: plain functions over a snapshot. They know no HTTP and no terminal."""
