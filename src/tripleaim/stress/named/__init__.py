"""Named tests: things that have gone otherwise elsewhere, each put to the plan, with what it takes to stand them."""
