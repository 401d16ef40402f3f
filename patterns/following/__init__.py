"""How others keep in step with the library: its log in order, and what is made anew when the log has grown."""
