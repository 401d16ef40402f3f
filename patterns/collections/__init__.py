"""Collections: patterns a person keeps in an order of their own, with notes, and shares by a link."""
