"""The fictional members of the demonstration, written by hand in three languages."""
