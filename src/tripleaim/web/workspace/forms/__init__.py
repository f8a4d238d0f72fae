"""What people fill in, checked: every problem of a form told at once, in words."""
