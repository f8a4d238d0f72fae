"""Keeping a workspace: opening it, proving that nothing in it was altered, backing it up and bringing it back."""
