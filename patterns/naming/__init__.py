"""What entries are called and where they stand: their names, addresses and wordings, and what is named and missing."""
