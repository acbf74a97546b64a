"""How much can be due: bounds from the terms alone, and the histories that reach them."""
