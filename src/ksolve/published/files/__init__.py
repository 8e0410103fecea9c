"""Files to grids: one reader a format."""
