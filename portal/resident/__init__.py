"""What a resident or representative sees: complain, follow."""
