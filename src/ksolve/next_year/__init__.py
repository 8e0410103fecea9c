"""From a plan and what was held to the plan of the next year."""
