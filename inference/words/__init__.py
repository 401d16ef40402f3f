"""The words of texts: folded, stemmed, cut into sentences, marked and laid out. Pure, and below everything else."""
