"""How Chinese law counts on: new provisions, the numbers of the others, and the references to them."""
