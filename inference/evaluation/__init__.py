"""Measures searching and answering against judged questions, through the very code that serves visitors."""
