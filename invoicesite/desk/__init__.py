"""The review desk and the frame of the admin."""
