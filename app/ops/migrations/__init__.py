"""Migrations: one series for SQLite and PostgreSQL."""
