"""Open the chapter Home; for the server, the app itself with what it serves and refuses."""

if __name__ == "__main__":  # Streamlit runs this file so for everybody who comes
    from nnviz.chapters.home.page import show

    show()
else:
    import os

    # Before NumPy is there: else the matrices of one person take every processor, and on a busy
    # machine threads that wait for each other cost ten times the work itself.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from streamlit import App

    from nnviz.site.server import options

    app = App(__file__, **options())
