"""Pure functions from core results to Plotly figures; no Streamlit, no computing of results."""
