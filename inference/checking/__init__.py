"""Whether what an answer says is said by the passages it cites. Pure: no model judges here."""
