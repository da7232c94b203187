"""Running it: command line, health, metrics, logs, migrations."""
