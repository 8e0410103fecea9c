"""One file, one rule; the catalogue finds them. Whoever needs a few imports these alone."""
