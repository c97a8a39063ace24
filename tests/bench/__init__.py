"""How fast the till is, each figure beside a floor measured in the same run."""
