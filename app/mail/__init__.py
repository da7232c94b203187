"""What we write to people, and when."""
