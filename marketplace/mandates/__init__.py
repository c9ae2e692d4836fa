"""What investors look for, stated once, and how often they wish to be told."""
