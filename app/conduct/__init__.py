"""What facilitators do, and the way back from it."""
