"""What pages say of plans: tables, rows and changes in words, read from a parcel without making the plan of it."""
