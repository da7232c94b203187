"""Export and retention: knows everyone's data; nobody knows it."""
