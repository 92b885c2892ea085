"""The views of the page; each is shown by its `show`."""
