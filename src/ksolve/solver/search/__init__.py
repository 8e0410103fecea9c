"""How a model is searched: whole, in independent parts, part by part, in processes of their own."""
