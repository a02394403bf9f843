"""What a screen reader says: a real one (Orca, `make screen-reader`), and a simulated one on every page of a resident."""
