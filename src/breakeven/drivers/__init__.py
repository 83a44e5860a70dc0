"""What moves cost: how many placements there are, and what one costs."""
