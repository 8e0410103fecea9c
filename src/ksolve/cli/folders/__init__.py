"""What commands do with a folder of plans: which there are, what they share, each beside the others."""
