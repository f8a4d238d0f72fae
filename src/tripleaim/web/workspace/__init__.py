"""Records of a place's shared work, the one function for each change of them, and the pages that show them."""
