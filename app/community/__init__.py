"""Who, where, what was said: members, sessions, rooms, memberships, messages, sanctions."""
