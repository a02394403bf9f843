"""THE REGISTER: what is kept, and what may happen to it."""
