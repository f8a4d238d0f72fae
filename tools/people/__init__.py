"""How far projected people are from estimates and a census that were not used to project them."""
