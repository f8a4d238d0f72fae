"""Which schemes together? Choices among a plan's schemes and the years they start, under the limits of the place."""
