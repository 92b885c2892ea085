"""Streamlit: the page frame, the house components and the address as state."""
