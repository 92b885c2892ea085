"""The numbers of one unit, weight or bias, in sentences and formulas."""
