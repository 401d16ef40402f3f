"""From what somebody types in the editor to a file of the library's format, and back."""
