"""What waits for staff, by who works on it."""
