"""One parent for the whole site: it starts the processes, gathers their lines into one log, and stops them together."""
