"""The ground floor: clock, database, bus, jobs, keys, pace, passwords, errors. It knows nothing of people or chat."""
