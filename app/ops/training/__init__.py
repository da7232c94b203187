"""Making and measuring the heads of the rules: offline work, never part of serving."""
