"""Pictures as plain numbers, worked out without a browser, so that templates draw them as SVG with no sum or script."""
