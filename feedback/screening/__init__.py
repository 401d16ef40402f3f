"""What a proposal may hold that should not become public or that means harm: personal data, spam, hidden instructions.

Plain rules with reasons in words. Each `…_in(text)` is pure, never raises, and takes time in proportion to its text,
whatever stands in it. They advise; a person decides.
"""
