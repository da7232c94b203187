"""What the doctor looks at. Each check only looks: it changes nothing, sends nothing, and tells no secret."""
