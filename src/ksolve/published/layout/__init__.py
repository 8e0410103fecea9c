"""Where the tables of a grid stand, how they lie, and what each column holds."""
