"""What the page shows for each experiment, the tutorial's remarks, and the runs being made."""
