"""Word documents (ECMA-376, Office Open XML): from a package's bytes to passages and boxes."""
