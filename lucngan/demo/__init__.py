"""The demonstration: an archive of 2023 and a living office of today."""
