"""Carriers' bills drawn for measuring alone, in shapes other than those of the samples; errors are planted in them."""
