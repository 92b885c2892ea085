import streamlit as st; st.page_link("pages/vector_similarity.py")
