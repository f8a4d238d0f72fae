"""Work on plans in the background: what may be asked, how it is worked out apart from the server, and who works."""
