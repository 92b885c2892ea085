"""What is the matter with a training, what to try, and how other starting weights end."""
