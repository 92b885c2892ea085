"""What the page shows and lets a person do: controls, the bar, the parts, and the runs made."""
