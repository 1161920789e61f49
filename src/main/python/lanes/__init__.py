"""What the harness and the workers of every execution model share."""
