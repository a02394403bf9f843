"""What staff see: queue, case, acknowledging, answering."""
