"""What things cost: measured on whole processes, never asserted in a test."""
