"""The socket edge: frames, connections, hub, presence, and the wire-level fan-out."""
