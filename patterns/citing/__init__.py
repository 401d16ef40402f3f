"""Citing a revision: its forms, and the licence it stands under."""
