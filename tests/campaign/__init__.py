"""Plans, schedules, kills and hostile files made at random, and what is held against each of them."""
