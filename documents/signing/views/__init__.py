"""Pages of signing: one paper, many papers, keys, verification."""
