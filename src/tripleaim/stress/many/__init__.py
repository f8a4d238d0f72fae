"""Many stress tests at once, here or on a cluster. Nothing is loaded until asked for: workers set up first."""
