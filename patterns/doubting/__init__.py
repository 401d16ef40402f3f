"""Why a suggested relation may be wrong: each kind of doubt, with the numbers that prove it. Pure but for `keeping`."""
