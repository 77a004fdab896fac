"""Use cases over one snapshot of the library, and the ports they need."""
