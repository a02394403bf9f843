"""A letter that was kept, made into what can be printed, read by a machine or felt: PDF, plain text, braille; pure."""
