"""How wrong could we be? Uncertain inputs and their draws."""
