"""Measuring what pages cost, on any machine: as ratios to a bare page in the same run."""
