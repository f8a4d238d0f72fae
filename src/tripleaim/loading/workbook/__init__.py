"""A plan as one Excel workbook: written for people to fill in, read apart from everything else, merged cell by cell."""
