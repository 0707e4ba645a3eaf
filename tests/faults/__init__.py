"""What may go wrong, and what must then be true: the fault matrix, and refreshes that are killed, starved and run twice."""
