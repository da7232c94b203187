"""CancerConnect: a live, chat-style support community. Its plan stands in docs/how-a-message-flows.md."""
