"""Pages: each reads what it shows, asks the rights, and leaves every change to one action."""
