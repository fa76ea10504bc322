"""Experiments that can be repeated: configuration in, record of the run out."""
