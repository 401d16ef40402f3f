"""What a model is given to read: instructions, evidence in a frame, no more than fits."""
