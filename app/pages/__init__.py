"""The HTTP edge: forms in, pages out."""
